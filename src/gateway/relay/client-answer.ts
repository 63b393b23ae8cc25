/** The client's side of a relayed request: what has been said to it so far decides how it can be told the rest. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import type { ProblemCode, ProblemData } from "../../domain/problem.ts";
import type { Progress } from "../../link/link.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { About } from "../dialects/translation.ts";
import { problemHeaders, problemStatus } from "../http/problem-answer.ts";
import { asChunk } from "./chunk.ts";
import { EventEdge } from "./event-edge.ts";
import { LastSaid } from "./last-said.ts";
import { LeadingZeros } from "./leading-zeros.ts";
import type { AnswerEnding, AnswerWatch } from "./stream-watch.ts";

/** Who still sends a body that nobody wants may do so for so long: cut off earlier, it would not see the answer. */
const longestLeftoverMs = 30_000;

/** A client that does not read gets no longer than this to take the last event. */
const slowestGoodbyeMs = 2000;

/** Of a stream: caches keep nothing of it, and nginx, which would collect it by default, passes it on at once. */
const unbuffered = ["cache-control", "no-cache", "x-accel-buffering", "no"];

export class ClientAnswer {
  /** `waiting`: only our own head and comment lines. `engine`: the engine's answer has begun. */
  said: "nothing" | "waiting" | "engine" = "nothing";
  /** The status that the client got, or will have been told in the stream. */
  status = 0;
  /** Why it failed, where that was said in our words. */
  problem: ProblemCode | null = null;
  /** Of the answer's body, so far. */
  bytes = 0;
  /** What was changed of the request, as far as that is known when the head goes out. */
  fixups: string[] = [];
  /** Its body comes piece by piece, so that words of our own may stand between them. */
  #eventStream = false;
  /** A part of the answer went out before the engine's. */
  #begun = false;
  readonly #edge = new EventEdge();
  #watch: AnswerWatch | null = null;
  readonly #zeros = new LeadingZeros();
  /** Of a stream. */
  readonly #last = new LastSaid();
  /** By the response itself, to the socket. */
  #headSent = false;
  /** It is waited for until a slow client has caught up. */
  #draining = false;
  readonly #response: ServerResponse;
  readonly #dialect: Dialect;
  readonly #about: About;
  /** Names and values that every answer carries. */
  readonly #headers: string[];

  constructor(response: ServerResponse, dialect: Dialect, about: About, headers: string[]) {
    this.#response = response;
    this.#dialect = dialect;
    this.#about = about;
    this.#headers = headers;
  }

  /** The client is gone, or has its answer. */
  get closed(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  /**
   * Tells a streaming client that it waits, or that its answer goes on: in the words of `speak`, a part of the answer, where it
   * has some. False where nothing may be said just now.
   */
  comment(progress: Progress, speak: ((progress: Progress) => string | null) | null = null): boolean {
    if (this.said === "nothing") {
      this.#head(200, ["content-type", this.#dialect.streamType, ...unbuffered]);
      this.said = "waiting";
      this.#eventStream = true;
    }
    // Who does not read would only be sent ever more of it.
    if (!this.#eventStream || !this.#betweenEvents || this.#response.writableNeedDrain) return false;
    const spoken = speak?.(progress) ?? null;
    this.#begun ||= spoken !== null;
    if (spoken !== null) this.#last.take(spoken);
    this.#response.write(spoken ?? this.#dialect.waiting(progress, this.#about));
    return true;
  }

  /**
   * A client that sends nothing more (`nc -N`) may have gone: in a stream, where an event has just ended, it is sent a
   * line that means nothing, else a zero, which a closed peer refuses. Before the head `half-closed.ts` sees to that.
   */
  askForLife(progress: () => Progress): void {
    const { socket } = this.#response;
    if (this.closed || socket?.readableEnded !== true) return;
    if (this.#eventStream) this.comment(progress());
    else if (this.#headSent && this.takesChunks && this.#zeros.isDue()) socket.write("0");
  }

  /** What we write ourselves in an API without events is always whole. */
  get #betweenEvents(): boolean {
    return this.#dialect.eventEnd === "" || this.#edge.isBetween;
  }

  /**
   * The head of the engine's answer, unless a head has been sent while waiting. `watch`: sees whether its own bytes are
   * all of it; null where nobody can tell.
   */
  begin(status: number, headers: string[], eventStream: boolean, watch: AnswerWatch | null = null): void {
    if (this.said === "nothing") this.#head(status, eventStream ? [...headers, ...unbuffered] : headers);
    this.said = "engine";
    this.#eventStream = eventStream;
    this.#watch = watch;
  }

  /** What it is if no more comes; null where the engine's bytes do not say. */
  get ending(): AnswerEnding | null {
    return this.#watch?.ending() ?? null;
  }

  /**
   * False where the client is slow: `onDrain` is called once when it has caught up. Once the head is on its way,
   * bytes go to the socket as chunks made here: one buffer each, where the response would write three.
   */
  write(bytes: Buffer | string, onDrain: () => void): boolean {
    const { socket, chunkedEncoding } = this.#response;
    this.bytes += Buffer.byteLength(bytes);
    this.#watch?.take(bytes);
    if (this.#eventStream) {
      this.#last.take(bytes);
      this.#edge.take(bytes);
    } else this.#zeros.over();
    const direct = this.#headSent && chunkedEncoding && socket !== null && typeof bytes !== "string";
    const taken = direct ? socket.write(asChunk(bytes)) : this.#response.write(bytes);
    this.#headSent = socket !== null;
    if (!taken) this.#onceDrained(direct ? socket : this.#response, onDrain);
    return taken;
  }

  /** One listener at a time: a slow client may be written to many times before it has caught up. */
  #onceDrained(stream: Writable, onDrain: () => void): void {
    if (this.#draining) return;
    this.#draining = true;
    stream.once("drain", () => {
      this.#draining = false;
      onDrain();
    });
  }

  /** The client has begun to get the engine's answer in the chunked coding, so that chunks can be passed on whole. */
  get takesChunks(): boolean {
    return this.said === "engine" && this.#response.chunkedEncoding && this.#response.socket !== null;
  }

  /** As `write`, for whole chunks. They go past the response, which would only take them apart and code them anew. */
  writeChunks(chunks: Buffer, onDrain: () => void): boolean {
    const socket = this.#response.socket!;
    this.bytes += chunks.length;
    this.#watch?.takeChunks(chunks);
    if (this.#eventStream) {
      this.#last.take(chunks);
      this.#edge.takeChunks(chunks);
    } else this.#zeros.over();
    const taken = socket.write(chunks);
    if (!taken) this.#onceDrained(socket, onDrain);
    return taken;
  }

  /** The engine has said all that it will: with the end of a stream, where that is all it left out. */
  end(): void {
    const { ending } = this;
    if (ending?.is === "failed") {
      this.problem = "engine_failed";
      this.status = problemStatus({ code: this.problem, message: "" });
    }
    if (ending?.is === "whole" && ending.add !== "") {
      this.#response.write(`${this.#betweenEvents ? "" : this.#dialect.eventEnd}${ending.add}`);
    }
    this.#response.end();
  }

  /** Without another word. */
  cut(): void {
    this.#response.destroy();
  }

  /** Ends with a problem, in the form that is still possible; a broken answer never looks complete. */
  fail(problem: ProblemData, headers: string[] = [], status = problemStatus(problem)): void {
    this.problem = problem.code;
    const begun = this.#begun || this.said === "engine";
    const event = this.#dialect.streamError(problem, this.#about, begun, String(this.#last));
    this.failWith(this.#dialect.errorBody(problem, this.#about), event, status, [
      ...Object.entries(problemHeaders(problem)).flat(),
      ...headers,
    ]);
  }

  /** Answers while the request's body still comes, and closes the connection once that is over. */
  failBeforeEnd(problem: ProblemData, request: IncomingMessage): void {
    this.problem = problem.code;
    this.status = problemStatus(problem);
    if (this.closed) return;
    const body = this.#dialect.errorBody(problem, this.#about);
    this.bytes = Buffer.byteLength(body);
    const length = ["content-length", String(this.bytes)];
    this.#head(problemStatus(problem), [
      ...Object.entries(problemHeaders(problem)).flat(),
      ...length,
      "connection",
      "close",
    ]);
    this.#response.write(body);
    const close = () => {
      clearTimeout(timer);
      this.#response.end();
    };
    const timer = setTimeout(close, longestLeftoverMs);
    request.once("end", close);
    request.once("close", close);
    request.resume();
  }

  /** As `fail`, with words that are there already: a whole body, or a stream's last event. */
  failWith(body: string | Buffer, event: string, status: number, headers: string[]): void {
    this.status = status;
    if (this.closed) return;
    if (this.said === "nothing") {
      this.said = "engine";
      this.bytes = Buffer.byteLength(body);
      this.#head(status, [...headers, "content-length", String(this.bytes)]);
      this.#response.end(body);
      return;
    }
    // Not `end`: a proper end of the chunks would make what came so far look complete.
    if (!this.#eventStream) this.#response.destroy();
    else {
      const cut = setTimeout(() => this.#response.destroy(), slowestGoodbyeMs);
      this.#response.write(`${this.#dialect.eventEnd}${event}`, () => {
        clearTimeout(cut);
        this.#response.destroy();
      });
    }
  }

  #head(status: number, headers: string[]): void {
    this.status = status;
    const { idHeader } = this.#dialect;
    const id = idHeader === null ? [] : [idHeader, this.#about.id];
    const fixups = this.fixups.length === 0 ? [] : ["x-hearth-fixups", this.fixups.join(", ")];
    this.#response.writeHead(status, [...this.#headers, ...fixups, ...id, ...headers]);
  }
}
