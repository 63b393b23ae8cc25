/** A stream in the client's own words whose events are corrected one by one. What is right passes byte for byte. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../../dialects/translation.ts";
import { parsed } from "../answer-json.ts";
import { dataOf, eventsOf, WholeEvents } from "../whole-events.ts";

export abstract class NativeStream implements AnswerTranslation {
  readonly contentType = null;
  readonly #events = new WholeEvents();
  /** Of events that came: those that are held and said later are the engine's bytes, too. */
  readonly #texts = new WeakMap<JsonObject, string>();

  /** What is said in an event's place: itself where it stays as it came, nothing where it is held or dropped. */
  protected abstract take(event: JsonObject): JsonObject[];

  /** What was held, where the stream ends without saying how. */
  protected abstract release(): JsonObject[];

  // The relay calls both without their object.
  readonly push = (chunk: Buffer): Buffer | string => this.#told(this.#events.push(chunk));

  readonly end = (): Buffer | string => {
    const told = this.#told(this.#events.rest());
    const held = this.#said(this.release());
    return held === "" ? told : String(told) + held;
  };

  #told(bytes: Buffer): Buffer | string {
    if (bytes.length === 0) return bytes;
    const events = eventsOf(bytes);
    const told = events.map((text) => {
      const event = parsed(dataOf(text));
      if (!isObject(event)) return text;
      this.#texts.set(event, text);
      return this.#said(this.take(event));
    });
    return told.every((text, at) => text === events[at]) ? bytes : told.join("");
  }

  #said(events: JsonObject[]): string {
    return events.map((event) => this.#texts.get(event) ?? eventText(event)).join("");
  }
}

/** Both APIs say an event's type twice. */
function eventText(event: JsonObject): string {
  return `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;
}
