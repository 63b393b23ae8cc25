/** Follows a JSON answer on its way to a client: every route's is an object, so one that ends otherwise is not all of it. */
import { contentsOf } from "../upstream/chunks.ts";
import type { AnswerEnding, AnswerWatch } from "./stream-watch.ts";

const space = new Set([0x20, 0x09, 0x0a, 0x0d]);
const closeBrace = 0x7d;
const closeBracket = 0x5d;

export class JsonWatch implements AnswerWatch {
  /** The last byte that is no white space. */
  #last = 0;

  take(bytes: Buffer | string): void {
    const piece = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    this.#last = piece.findLast((byte) => !space.has(byte)) ?? this.#last;
  }

  takeChunks(chunks: Buffer): void {
    for (const content of contentsOf(chunks)) this.take(content);
  }

  /** What lies within is not looked at: a connection that broke leaves it open. */
  ending(): AnswerEnding {
    return { is: this.#last === closeBrace || this.#last === closeBracket ? "unknown" : "unfinished" };
  }
}
