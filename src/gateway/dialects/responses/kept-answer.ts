/**
 * Over an answer that is in the API's own words already, an engine's or a translation's: tells in each response object
 * what is kept, and hands over the last one.
 */

import { createParser } from "eventsource-parser";
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { eventBounds } from "../chat/answer-bounds.ts";
import type { AnswerTranslation } from "../translation.ts";

/** What stands in a response beside what its engine knows of. */
export interface Marks {
  store: boolean;
  previous_response_id: string | null;
  conversation?: { id: string } | null;
}

/** `inner`: null where the engine's own bytes are the answer. `over`: gets the last response, and says what of the marks holds. */
export function keptAnswer(
  inner: AnswerTranslation | null,
  streaming: boolean,
  marks: Marks,
  over: (response: JsonObject) => Marks,
): AnswerTranslation {
  const decoder = new TextDecoder();
  const text = (said: string | Buffer) => (typeof said === "string" ? said : decoder.decode(said, { stream: true }));
  const told: AnswerTranslation = inner ?? { contentType: null, push: (chunk) => chunk, end: () => "" };
  const { think } = told;
  const writer = streaming ? new MarkedStream(marks, over) : new MarkedBody(over);
  return {
    ...told,
    push: (chunk) => writer.push(text(told.push(chunk))),
    ...(think === undefined ? {} : { think: (words) => writer.push(think(words)) }),
    end: () => writer.end(text(told.end())),
  };
}

const lastEvents = new Set(["response.completed", "response.incomplete"]);

class MarkedStream {
  #said = "";
  readonly #parser = createParser({
    ...eventBounds,
    onEvent: ({ event, data }) => this.#take(event, data),
    onComment: (comment) => {
      this.#said += `: ${comment}\n\n`;
    },
  });
  readonly #marks: Marks;
  readonly #over: (response: JsonObject) => Marks;

  constructor(marks: Marks, over: (response: JsonObject) => Marks) {
    this.#marks = marks;
    this.#over = over;
  }

  push(text: string): string {
    this.#said = "";
    this.#parser.feed(text);
    return this.#said;
  }

  end(text: string): string {
    return this.push(text);
  }

  #take(event: string | undefined, data: string): void {
    this.#said += `${event === undefined ? "" : `event: ${event}\n`}data: ${this.#marked(data)}\n\n`;
  }

  #marked(data: string): string {
    // Nearly all events are pieces of text, which need no look.
    if (!data.includes('"response"')) return data;
    const said = parsed(data);
    if (!isObject(said?.response)) return data;
    const { response } = said;
    const marks = lastEvents.has(String(said.type)) ? this.#over({ ...response, ...this.#marks }) : this.#marks;
    return JSON.stringify({ ...said, response: { ...response, ...marks } });
  }
}

class MarkedBody {
  readonly #pieces: string[] = [];
  readonly #over: (response: JsonObject) => Marks;

  constructor(over: (response: JsonObject) => Marks) {
    this.#over = over;
  }

  push(text: string): string {
    this.#pieces.push(text);
    return "";
  }

  end(text: string): string {
    const body = [...this.#pieces, text].join("");
    const response = parsed(body);
    return response === null ? body : JSON.stringify({ ...response, ...this.#over(response) });
  }
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
