/** A streamed chat answer as Gemini's pieces. */
import { type ChatEvent, noUsage } from "../chat/events.ts";
import type { AnswerWriter } from "../chat/translate-answer.ts";
import type { About } from "../translation.ts";
import type { Framing } from "./framing.ts";
import { lastResponse, response, spoken } from "./response.ts";

export class ResponseStream implements AnswerWriter {
  readonly contentType: string;
  readonly #framing: Framing;
  readonly #about: About;
  readonly #thoughts: boolean;
  /** Calls go out whole, with the ending: Gemini has no pieces of them. */
  readonly #kept: ChatEvent[] = [];
  #usage = noUsage;
  #begun = false;

  /** `thoughts`: the client reads what the model thinks. */
  constructor(framing: Framing, about: About, thoughts: boolean) {
    this.contentType = framing.contentType;
    this.#framing = framing;
    this.#about = about;
    this.#thoughts = thoughts;
  }

  write(event: ChatEvent): string {
    switch (event.kind) {
      case "text":
      case "reasoning": {
        const parts = spoken(event, this.#thoughts);
        return parts.length === 0 ? "" : this.#piece(response(this.#about, parts));
      }
      case "usage":
        this.#usage = event.usage;
        return "";
      default:
        this.#kept.push(event);
        return "";
    }
  }

  end(): string {
    return this.#piece(lastResponse(this.#about, [], this.#kept, this.#usage)) + this.#framing.end;
  }

  #piece(piece: object): string {
    const framed = this.#framing.piece(piece, this.#begun);
    this.#begun = true;
    return framed;
  }
}
