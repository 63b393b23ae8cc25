/** An answer that is corrected on its way: as a stream of events, or whole. */
import { createParser } from "eventsource-parser";
import type { JsonObject } from "../../../../domain/json-object.ts";
import { eventBounds, KeptAnswer } from "../../../dialects/chat/answer-bounds.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";

/** Takes the events of a stream one by one and says others in their place. */
export abstract class EventAnswer implements AnswerTranslation {
  readonly contentType = "text/event-stream; charset=utf-8";
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({
    ...eventBounds,
    onEvent: ({ data }) => this.take(data),
    onComment: (comment) => {
      this.#out += `: ${comment}\n`;
    },
  });
  #out = "";
  /** The answer began as JSON does: it is no stream, and passes as it is. */
  #isJson: boolean | null = null;

  /** One event's data. */
  protected abstract take(data: string): void;

  /** Says what was held back: at `[DONE]`, and where the stream ends without it. */
  protected abstract release(): void;

  // The relay calls both without their object.
  readonly push = (chunk: Buffer): string => {
    const text = this.#decoder.decode(chunk, { stream: true });
    if (text.trim() !== "") this.#isJson ??= text.trimStart().startsWith("{");
    if (this.#isJson === true) return text;
    this.#parser.feed(text);
    return this.#taken();
  };

  readonly end = (): string => {
    this.release();
    return this.#taken();
  };

  protected say(data: string): void {
    this.#out += `data: ${data.replaceAll("\n", "\ndata: ")}\n\n`;
  }

  /** An event of our own with the head of the engine's `chunk`. `choice`: its index. */
  protected sayDelta({ usage: _, ...head }: JsonObject, choice: unknown, delta: JsonObject): void {
    this.say(JSON.stringify({ ...head, choices: [{ index: choice, delta, finish_reason: null }] }));
  }

  #taken(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }
}

/** Corrects the text of an answer once it is whole. */
export function wholeAnswer(corrected: (text: string) => string): AnswerTranslation {
  const kept = new KeptAnswer();
  return {
    contentType: "application/json",
    push(chunk) {
      kept.add(chunk);
      return "";
    },
    end: () => corrected(kept.whole().toString("utf8")),
  };
}
