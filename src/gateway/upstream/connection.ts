/** One kept-alive connection to an engine, with one request at a time. */
import { type AnswerHead, parseHead } from "./answer-head.ts";
import { ChunkReader } from "./chunks.ts";
import { EngineSocket } from "./engine-socket.ts";
import { Turns } from "./turns.ts";

/** What comes back of one request: a head, content, then exactly one of `ended` and `failed`. */
export interface AnswerListener {
  begun(head: AnswerHead): void;
  data(bytes: Buffer): void;
  /** Content as whole chunks of the chunked coding: to be passed on as they are, or taken apart. */
  chunks(bytes: Buffer): void;
  ended(): void;
  failed(error: Error): void;
}

/** Who has sent a request hears this instead of `failed` where not a byte of an answer came. */
export type Unanswered = (error: Error) => void;

/** What a connection tells its pool. */
export interface ConnectionOwner {
  /** It can take another request. */
  idle(connection: EngineConnection): void;
  gone(connection: EngineConnection): void;
}

const connectMs = 10_000;
const longestHead = 64 * 1024;
/** Up to this size head and body go out as one buffer. */
const joinedBelow = 32 * 1024;
/** All connections read into this, one after the other; what was read is copied out before the next one does. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);
/** Of all connections: whoever fills the buffer at once has more to give, and would be read on and on. */
const turns = new Turns();

export class EngineConnection {
  /** When it became idle; milliseconds of `performance.now()`. */
  idleSince = 0;
  /** How long the engine keeps it when idle, as far as it said. */
  keptMs = Number.POSITIVE_INFINITY;
  /** The engine has taken it. */
  connected = false;
  readonly #socket: EngineSocket;
  readonly #owner: ConnectionOwner;
  #listener: AnswerListener | null = null;
  #unanswered: Unanswered | null = null;
  #answer: AnswerHead | null = null;
  /** A head that is not whole yet. */
  #unread: Buffer | null = null;
  #chunks: ChunkReader | null = null;
  /** Of a body whose length is known. */
  #left = 0;
  /** Its listener takes nothing at present. */
  #paused = false;
  /** It has had its part of this turn. */
  #resting = false;

  constructor(address: { host: string; port: number }, owner: ConnectionOwner) {
    this.#owner = owner;
    const onread = { buffer: readBuffer, callback: this.#took };
    this.#socket = EngineSocket.connect({ ...address, noDelay: true, keepAlive: true, onread });
    const tooSlow = () => this.#lost(new Error(`no connection within ${connectMs / 1000} s`));
    this.#socket.setTimeout(connectMs, tooSlow).once("connect", () => {
      this.connected = true;
      this.#socket.setTimeout(0);
    });
    this.#socket.on("error", (error) => this.#lost(error));
    this.#socket.on("end", () => this.#closed());
    this.#socket.on("close", () => this.#lost(new Error("other side closed")));
  }

  /** `head`: request line and headers, with the empty line at the end. */
  send(head: string, body: Buffer, listener: AnswerListener, unanswered: Unanswered): void {
    this.#listener = listener;
    this.#unanswered = unanswered;
    this.#answer = null;
    if (body.length < joinedBelow) this.#socket.write(Buffer.concat([Buffer.from(head, "latin1"), body]));
    else {
      this.#socket.cork();
      this.#socket.write(head, "latin1");
      this.#socket.write(body);
      this.#socket.uncork();
    }
  }

  /** Ends the engine's work on the request. Its listener hears nothing more. */
  close(): void {
    this.#listener = null;
    this.#socket.destroy();
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    if (!this.#resting) this.#socket.resume();
  }

  /** False: nothing more is read before a later turn. */
  #took = (size: number): boolean => {
    const bytes = Buffer.from(readBuffer.subarray(0, size));
    const goes = turns.mayGo;
    if (goes) this.#take(bytes);
    if (goes && size < readBuffer.length) return true;
    this.#resting = true;
    turns.later(() => {
      if (!goes) this.#take(bytes);
      this.#resting = false;
      if (!this.#paused) this.#socket.resume();
    });
    return false;
  };

  #take(bytes: Buffer): void {
    if (this.#socket.destroyed) return;
    try {
      this.#read(bytes);
    } catch (error) {
      this.#lost(error as Error);
    }
  }

  #read(bytes: Buffer): void {
    this.#unanswered = null;
    // Nobody asked: what comes after it could be taken for another request's answer.
    if (this.#listener === null) this.#socket.destroy();
    else if (this.#answer === null) this.#readHead(this.#listener, bytes);
    else this.#readBody(this.#listener, this.#answer, bytes);
  }

  #readHead(listener: AnswerListener, bytes: Buffer): void {
    const all = this.#unread === null ? bytes : Buffer.concat([this.#unread, bytes]);
    const end = all.indexOf("\r\n\r\n");
    if (end < 0 && all.length > longestHead) throw new Error("the head of its answer is too long");
    this.#unread = end < 0 ? all : null;
    if (end < 0) return;
    const head = parseHead(all.toString("latin1", 0, end));
    const rest = all.subarray(end + 4);
    if (head.status === 101) throw new Error("it answers in another protocol");
    if (head.status < 200) {
      this.#readHead(listener, rest);
      return;
    }
    this.#answer = head;
    this.#left = head.body.by === "length" ? head.body.bytes : 0;
    this.#chunks = head.body.by === "chunks" ? new ChunkReader(listener) : null;
    listener.begun(head);
    if (rest.length > 0 || (head.body.by === "length" && this.#left === 0)) this.#readBody(listener, head, rest);
  }

  #readBody(listener: AnswerListener, { body }: AnswerHead, bytes: Buffer): void {
    if (this.#chunks !== null) {
      const taken = this.#chunks.read(bytes);
      if (this.#chunks.over) this.#complete(taken < bytes.length);
    } else if (body.by === "close") listener.data(bytes);
    else {
      const own = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
      this.#left -= own.length;
      if (own.length > 0) listener.data(own);
      if (this.#left === 0) this.#complete(own.length < bytes.length);
    }
  }

  /** `surplus`: the engine says more than it announced. */
  #complete(surplus: boolean): void {
    const listener = this.#listener;
    const answer = this.#answer;
    // It may have been closed on hearing the last bytes.
    if (listener === null || answer === null) return;
    this.#listener = null;
    if (surplus || !answer.keepAlive || this.#socket.writableLength > 0) this.#socket.destroy();
    else {
      const seconds = /timeout=(\d+)/i.exec(String(answer.headers["keep-alive"] ?? ""))?.[1];
      if (seconds !== undefined) this.keptMs = Number(seconds) * 1000;
      this.idleSince = performance.now();
      this.resume();
      this.#owner.idle(this);
    }
    listener.ended();
  }

  /** The engine has said its last. */
  #closed(): void {
    if (this.#listener !== null && this.#answer?.body.by === "close") this.#complete(false);
    else this.#lost(this.#socket.writeError ?? new Error("other side closed"));
  }

  #lost(error: Error): void {
    const listener = this.#listener;
    const unanswered = this.#unanswered;
    this.#listener = null;
    this.#socket.destroy();
    this.#owner.gone(this);
    if (listener === null) return;
    if (unanswered !== null) unanswered(error);
    // An error's status says what counts: its words may be lost where the engine closes on what it will not read.
    else if ((this.#answer?.status ?? 0) >= 400) listener.ended();
    else listener.failed(error);
  }
}
