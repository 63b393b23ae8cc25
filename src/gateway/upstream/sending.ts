/**
 * One request on its way to an engine. A connection that the engine has closed while it was idle costs nothing: what
 * got not a byte of an answer on a used connection is sent once more on a fresh one, and nobody hears of it.
 */
import type { AnswerListener, EngineConnection } from "./connection.ts";

interface Request {
  /** Request line and headers, with the empty line at the end. */
  head: string;
  body: Buffer;
  listener: AnswerListener;
}

export class Sending {
  readonly #request: Request;
  readonly #fresh: () => EngineConnection;
  #connection: EngineConnection;

  /** `idle`: a connection that has carried a request before, or null. */
  constructor(request: Request, idle: EngineConnection | null, fresh: () => EngineConnection) {
    this.#request = request;
    this.#fresh = fresh;
    this.#connection = idle ?? fresh();
    this.#send(idle === null ? (error) => request.listener.failed(error) : (error) => this.#sendAgain(error));
  }

  /** Ends the engine's work on it. Its listener hears nothing more. */
  close(): void {
    this.#connection.close();
  }

  pause(): void {
    this.#connection.pause();
  }

  resume(): void {
    this.#connection.resume();
  }

  #send(unanswered: (error: Error) => void): void {
    const { head, body, listener } = this.#request;
    this.#connection.send(head, body, listener, unanswered);
  }

  /** An engine that takes no connection any more has died, perhaps of this request: then the first error is the news. */
  #sendAgain(first: Error): void {
    this.#connection = this.#fresh();
    this.#send((error) => this.#request.listener.failed(this.#connection.connected ? error : first));
  }
}
