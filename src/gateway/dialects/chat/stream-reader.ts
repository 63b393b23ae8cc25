/** Bytes of a streamed chat answer to events. Knows whether the answer came to its end. */
import { createParser } from "eventsource-parser";
import { Problem } from "../../../domain/problem.ts";
import { engineProblem, notAnAnswer } from "./engine-problem.ts";
import type { ChatEvent } from "./events.ts";
import { fields, finishEvents, list, messageEvents, textEvents, usageEvents } from "./read-message.ts";

export class ChatStreamReader {
  readonly #model: string;
  readonly #decoder = new TextDecoder();
  readonly #calls = new Set<number>();
  readonly #parser = createParser({ onEvent: ({ data }) => this.#take(data) });
  #events: ChatEvent[] = [];
  #finished = false;

  constructor(model: string) {
    this.#model = model;
  }

  /** Throws a Problem where the engine reports an error in its stream, or says what cannot be understood. */
  push(chunk: Buffer): ChatEvent[] {
    this.#events = [];
    this.#parser.feed(this.#decoder.decode(chunk, { stream: true }));
    return this.#events;
  }

  /** Throws a Problem where the answer has no end. */
  end(): void {
    if (this.#finished) return;
    throw problem(notAnAnswer(this.#model, "ended its stream in the middle: what came so far is not complete"));
  }

  #take(data: string): void {
    if (data === "[DONE]") return;
    const chunk = this.#parsed(data);
    if (chunk.error !== undefined && chunk.error !== null) {
      const status = Number(fields(chunk.error).code);
      throw problem(engineProblem(this.#model, status >= 400 && status < 600 ? status : 500, data));
    }
    const choice = list(chunk.choices).find(({ index }) => index === undefined || index === 0);
    if (choice !== undefined) {
      const finish = finishEvents(choice);
      this.#finished ||= finish.length > 0;
      this.#events.push(...messageEvents(fields(choice.delta), this.#calls), ...textEvents(choice), ...finish);
    }
    this.#events.push(...usageEvents(chunk.usage));
  }

  #parsed(data: string): Record<string, unknown> {
    try {
      return fields(JSON.parse(data));
    } catch {
      throw problem(notAnAnswer(this.#model, "sent an event that is not JSON"));
    }
  }
}

function problem({ code, message, ...extra }: ReturnType<typeof notAnAnswer>): Problem {
  return new Problem(code, message, extra);
}
