/** Bytes of a streamed chat answer to events. Knows whether the answer came to its end. */
import { createParser } from "eventsource-parser";
import { Problem } from "../../../domain/problem.ts";
import { eventBounds } from "./answer-bounds.ts";
import type { CallContext } from "./call-context.ts";
import { ChoiceReader } from "./choice-reader.ts";
import { engineProblem, errorStatus, givenUp, isGivenUp, notAnAnswer } from "./engine-problem.ts";
import type { ChatEvent } from "./events.ts";
import { fields, list, usageEvents } from "./read-message.ts";

export class ChatStreamReader {
  readonly #model: string;
  readonly #decoder = new TextDecoder();
  readonly #choice: ChoiceReader;
  readonly #parser = createParser({ onEvent: ({ data }) => this.#take(data), ...eventBounds });
  #events: ChatEvent[] = [];
  #ending = false;

  constructor(model: string, context: CallContext) {
    this.#model = model;
    this.#choice = new ChoiceReader(context);
  }

  /** All of the answer came: its engine said how it ends, or `[DONE]`. */
  get whole(): boolean {
    return this.#choice.finished;
  }

  /** Throws a Problem where the engine reports an error in its stream, or says what cannot be understood. */
  push(chunk: Buffer): ChatEvent[] {
    this.#events = [];
    this.#parser.feed(this.#decoder.decode(chunk, { stream: true }));
    return this.#events;
  }

  /** What stood in an event that no empty line ended. Throws a Problem where the answer has no end. */
  end(): ChatEvent[] {
    this.#events = [];
    this.#ending = true;
    this.#parser.feed(`${this.#decoder.decode()}\n\n`);
    if (this.whole) return this.#events;
    throw problem(notAnAnswer(this.#model, "ended its stream in the middle: what came so far is not complete"));
  }

  #take(data: string): void {
    if (data.trim() === "[DONE]") {
      this.#events.push(...this.#choice.end());
      return;
    }
    const chunk = this.#parsed(data);
    if (chunk === null) return;
    const choice = list(chunk.choices).find(({ index }) => typeof index !== "number" || index === 0);
    if (choice !== undefined) this.#events.push(...this.#choice.read(choice, choice.delta));
    if (choice !== undefined && isGivenUp(choice)) throw problem(givenUp(this.#model));
    this.#events.push(...usageEvents(chunk.usage));
  }

  /** Null where nothing is lost: whatever follows a whole answer does not spoil it. */
  #parsed(data: string): Record<string, unknown> | null {
    try {
      const chunk = fields(JSON.parse(data));
      if (chunk.error === undefined || chunk.error === null) return chunk;
      if (this.whole) return null;
      throw problem(engineProblem(this.#model, errorStatus(chunk.error), data));
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (this.whole || this.#ending) return null;
      throw problem(notAnAnswer(this.#model, "sent an event that is not JSON"));
    }
  }
}

function problem({ code, message, ...extra }: ReturnType<typeof notAnAnswer>): Problem {
  return new Problem(code, message, extra);
}
