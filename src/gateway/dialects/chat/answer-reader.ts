/** Reads a chat answer in the form in which it comes: some engines stream to those who did not ask for it, or do not. */

import { KeptAnswer } from "./answer-bounds.ts";
import type { CallContext } from "./call-context.ts";
import type { ChatEvent } from "./events.ts";
import { ChatStreamReader } from "./stream-reader.ts";
import { wholeEvents } from "./whole-reader.ts";

const openBrace = 0x7b;
const space = new Set([0x20, 0x09, 0x0a, 0x0d]);

export class AnswerReader {
  readonly #model: string;
  readonly #context: CallContext;
  /** Null until the answer's first character came, and where that begins JSON. */
  #stream: ChatStreamReader | null = null;
  readonly #kept = new KeptAnswer();

  constructor(model: string, context: CallContext) {
    this.#model = model;
    this.#context = context;
  }

  /** Nothing of the answer is missing, whatever follows. */
  get whole(): boolean {
    return this.#stream?.whole === true;
  }

  /** Throws a Problem. */
  push(chunk: Buffer): ChatEvent[] {
    if (this.#stream === null && this.#kept.isEmpty) {
      const first = chunk.find((byte) => !space.has(byte));
      if (first === undefined) return [];
      if (first !== openBrace) this.#stream = new ChatStreamReader(this.#model, this.#context);
    }
    if (this.#stream !== null) return this.#stream.push(chunk);
    this.#kept.add(chunk);
    return [];
  }

  /** Throws a Problem where the answer is not whole. */
  end(): ChatEvent[] {
    if (this.#stream !== null) return this.#stream.end();
    return wholeEvents(this.#model, this.#context, this.#kept.whole());
  }
}
