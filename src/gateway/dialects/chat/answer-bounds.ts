/** How much of an engine's answer is kept until it can be told on. What is larger is no answer, and would take all memory. */
import type { ParseError } from "eventsource-parser";
import { Problem } from "../../../domain/problem.ts";

const longestAnswer = 64 * 1024 * 1024;
/** Characters of a stream's event. */
const longestEvent = 2 * 1024 * 1024;

/** Options for the parser of an engine's events. Its `feed` throws a Problem (`engine_failed`) at one without an end. */
export const eventBounds = {
  maxBufferSize: longestEvent,
  onError({ type }: ParseError): void {
    if (type === "max-buffer-size-exceeded") throw tooLong("an event", longestEvent);
  },
};

/** An answer that is waited for until it is whole. */
export class KeptAnswer {
  #chunks: Buffer[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Throws a Problem (`engine_failed`) where it is too long. */
  add(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > longestAnswer) {
      this.#chunks = [];
      throw tooLong("an answer", longestAnswer);
    }
    this.#chunks.push(chunk);
  }

  whole(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function tooLong(what: string, most: number): Problem {
  return new Problem("engine_failed", `The engine sent ${what} of more than ${most} bytes. Its log may show why.`);
}
