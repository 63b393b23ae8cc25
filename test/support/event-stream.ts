import type { Readable } from "node:stream";

/** A server-sent event as it arrived. */
export interface StreamEvent {
  event: string;
  data: string;
}

/** How a stream ended: `whole` with a proper end of the body, `broken` with a cut connection. */
export type StreamEnd = "whole" | "broken";

/** Reads a streamed answer as it comes, and lets a test wait for any part of it. */
export class EventStream {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly comments: string[] = [];
  readonly events: StreamEvent[] = [];
  readonly ended: Promise<StreamEnd>;
  end: StreamEnd | null = null;
  readonly #abort: AbortController;
  readonly #waiting = new Set<() => void>();
  /** All that came, in the pieces in which it came. */
  readonly #pieces: string[] = [];
  /** What is no whole event yet. */
  #rest = "";

  constructor(status: number, headers: EventStream["headers"], body: Readable, abort: AbortController) {
    this.status = status;
    this.headers = headers;
    this.#abort = abort;
    body.setEncoding("utf8");
    body.on("data", (text: string) => this.#take(text));
    this.ended = new Promise((resolve) => {
      const finish = (end: StreamEnd) => {
        this.end ??= end;
        resolve(this.end);
        this.#wake();
      };
      body.once("end", () => finish("whole"));
      body.once("error", () => finish("broken"));
      body.once("close", () => finish("broken"));
    });
  }

  get text(): string {
    return this.#pieces.join("");
  }

  /** The words of a chat or text answer so far. */
  get words(): string {
    return this.events
      .filter(({ event, data }) => event === "message" && data !== "[DONE]")
      .map(({ data }) => {
        const choice = (JSON.parse(data) as { choices?: { delta?: { content?: string }; text?: string }[] })
          .choices?.[0];
        return choice?.delta?.content ?? choice?.text ?? "";
      })
      .join("");
  }

  /** True where the stream closed itself as OpenAI's do. */
  get saysDone(): boolean {
    return this.events.some(({ data }) => data === "[DONE]");
  }

  /** The error object of an error event, or null. */
  get error(): { message: string; code: string; type: string } | null {
    for (const { data } of this.events) {
      if (data === "[DONE]") continue;
      const { error } = JSON.parse(data) as { error?: { message: string; code: string; type: string } };
      if (error) return error;
    }
    return null;
  }

  /** Goes away like a client that closes its window. */
  abort(): void {
    this.#abort.abort();
  }

  /** Waits for something in the stream; fails when it ends without it. */
  async until(what: string, condition: (stream: this) => boolean, seconds = 60): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    while (!condition(this)) {
      if (this.end) throw new Error(`the stream ended (${this.end}) without ${what}:\n${this.text}`);
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`after ${seconds} s still not in the stream: ${what}\n${this.text}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, left);
        const waiting = this.#waiting;
        function done(): void {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }

  #take(text: string): void {
    this.#pieces.push(text);
    const blocks = (this.#rest + text).split("\n\n");
    this.#rest = blocks.pop()!;
    for (const block of blocks) this.#parse(block);
    this.#wake();
  }

  #parse(block: string): void {
    const event: StreamEvent = { event: "message", data: "" };
    for (const line of block.split("\n")) {
      if (line.startsWith(":")) this.comments.push(line.slice(1).trim());
      else if (line.startsWith("event: ")) event.event = line.slice(7);
      else if (line.startsWith("data: ")) event.data += line.slice(6);
    }
    if (event.data !== "") this.events.push(event);
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
