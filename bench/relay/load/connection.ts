/** One kept-alive client connection that reads no more of an answer than where it ends. */
import { connect, type Socket } from "node:net";

export class Connection {
  readonly #socket: Socket;
  readonly #answered: (connection: Connection) => void;
  readonly #failed: (error: Error) => void;
  #head: Buffer | null = null;
  /** Of the body; -1 before the head is whole. */
  #left = -1;

  /** When the request that is out was due; set by who sends. */
  dueAt = 0;

  constructor(port: number, answered: (connection: Connection) => void, failed: (error: Error) => void) {
    this.#answered = answered;
    this.#failed = failed;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#socket.on("error", failed);
    this.#socket.on("end", () => failed(new Error("connection closed by the server")));
  }

  send(request: Buffer): void {
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.on("error", () => {});
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#left === -1) {
      this.#head = this.#head === null ? chunk : Buffer.concat([this.#head, chunk]);
      const end = this.#head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#head.toString("latin1", 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (!head.startsWith("HTTP/1.1 200") || length === undefined) {
        this.#failed(new Error(`not an answer with 200 and content-length: ${this.#head.toString("latin1", 0, 600)}`));
        return;
      }
      this.#left = Number(length) - (this.#head.length - end - 4);
      this.#head = null;
    } else this.#left -= chunk.length;
    if (this.#left > 0) return;
    this.#left = -1;
    this.#answered(this);
  }
}
