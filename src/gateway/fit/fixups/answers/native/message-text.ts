/** A message in an engine's stream of Responses, the calls in its text taken out of it. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { listIn } from "../answer-json.ts";
import type { WrittenCall } from "../call-formats/format.ts";
import type { CallText } from "../call-text.ts";
import type { ItemCorrection } from "./item-correction.ts";
import { type NativeCorrections, wordsAndCalls } from "./native-corrections.ts";

interface Part {
  reader: CallText;
  /** What the client was told of it. */
  words: string;
  /** Of its last piece, for one of our own. */
  piece: JsonObject | null;
}

export class MessageText implements ItemCorrection {
  readonly #written: WrittenCall[] = [];
  #told = 0;
  readonly #corrections: NativeCorrections;
  /** By their place in the message; null of those that are no text. */
  readonly #parts = new Map<unknown, Part | null>();
  /** Events that open it, as long as nothing is said of what follows. */
  #held: JsonObject[] | null = [];

  constructor(corrections: NativeCorrections) {
    this.#corrections = corrections;
  }

  take(event: JsonObject): JsonObject[] {
    switch (event.type) {
      case "response.output_item.added":
        return this.#opens(event);
      case "response.content_part.added":
        return this.#part(event);
      case "response.output_text.delta":
        return this.#delta(event);
      case "response.output_text.done":
        return this.#textDone(event);
      case "response.content_part.done":
        return this.#partDone(event);
      case "response.output_item.done":
        return this.#done(event);
      default:
        return this.#after(event);
    }
  }

  rest(): JsonObject[] {
    return [...this.#parts.values()].flatMap((part) => (part === null ? [] : this.#restOf(part)));
  }

  writtenCalls(): WrittenCall[] {
    const calls = this.#written.slice(this.#told);
    this.#told = this.#written.length;
    return calls;
  }

  #opens(event: JsonObject): JsonObject[] {
    if (this.#held === null) return [event];
    this.#held.push(event);
    return [];
  }

  #part(event: JsonObject): JsonObject[] {
    const part = isObject(event.part) ? event.part : {};
    const reader = part.type === "output_text" && (part.text ?? "") === "" ? this.#corrections.reader() : null;
    this.#parts.set(event.content_index, reader === null ? null : { reader, words: "", piece: null });
    return reader === null ? this.#after(event) : this.#opens(event);
  }

  #delta(event: JsonObject): JsonObject[] {
    const part = this.#parts.get(event.content_index) ?? null;
    if (part === null || typeof event.delta !== "string") return this.#after(event);
    part.piece = event;
    return this.#words(part, wordsAndCalls(part.reader.push(event.delta)));
  }

  #words(part: Part, { words, calls }: ReturnType<typeof wordsAndCalls>): JsonObject[] {
    this.#written.push(...calls);
    const { piece } = part;
    if (words === "" || piece === null) return [];
    part.words += words;
    // What stands beside the words, their probabilities say, is of these words only.
    const { delta, logprobs, ...place } = piece;
    return this.#after(
      words === delta ? piece : { ...place, delta: words, ...(logprobs === undefined ? {} : { logprobs: [] }) },
    );
  }

  #restOf(part: Part): JsonObject[] {
    return this.#words(part, wordsAndCalls(part.reader.end()));
  }

  #textDone(event: JsonObject): JsonObject[] {
    const part = this.#parts.get(event.content_index) ?? null;
    if (part === null) return this.#after(event);
    const rest = this.#restOf(part);
    if (this.#isGone(part)) return rest;
    return [...rest, ...this.#after(this.#written.length === 0 ? event : { ...event, text: part.words })];
  }

  #partDone(event: JsonObject): JsonObject[] {
    const part = this.#parts.get(event.content_index) ?? null;
    if (part === null) return this.#after(event);
    const rest = this.#restOf(part);
    if (this.#isGone(part)) return rest;
    const own = isObject(event.part) ? event.part : {};
    const told = this.#written.length === 0 ? event : { ...event, part: { ...own, text: part.words } };
    return [...rest, ...this.#after(told)];
  }

  #done(event: JsonObject): JsonObject[] {
    const rest = this.rest();
    if (this.#written.length === 0) return [...rest, ...this.#after(event)];
    if (this.#held !== null) return rest;
    const item = isObject(event.item) ? event.item : {};
    const content = listIn(item, "content").flatMap((own, at) => {
      const part = this.#parts.get(at) ?? null;
      return part === null ? [own] : part.words === "" ? [] : [{ ...own, text: part.words }];
    });
    return [...rest, ...this.#after({ ...event, item: { ...item, content } })];
  }

  /** It was nothing but calls, of which the client is told apart. */
  #isGone({ words }: Part): boolean {
    return words.trim() === "" && this.#written.length > 0 && this.#held !== null;
  }

  /** What was held, and `event` behind it. */
  #after(event: JsonObject): JsonObject[] {
    const held = this.#held ?? [];
    this.#held = null;
    return [...held, event];
  }
}
