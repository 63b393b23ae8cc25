/** Pictures, sounds and files that requests carry: where they stand in each API's bodies, and what may stand there instead. */
import type { JsonObject } from "../../domain/json-object.ts";

export interface Medium {
  /** messages[1].content[0] */
  path: string;
  /** What its API calls it, for headers. */
  kind: string;
  /** For people: "a picture". */
  name: string;
  /** What a model must be able to do; null where none here can read it. */
  needs: "vision" | "audio" | null;
  /** Where the request carries it itself; 0 for an address, which the engine fetches. */
  bytes: number;
  /** A person attaches it in the newest message. What stands in history, or what a tool gave, nobody can take back. */
  isNew: boolean;
}

export interface MediaPlaces {
  /** Each body with media has one of these in it as a whole string; few other bodies do. */
  marks: readonly string[];
  /**
   * The body with a sentence in the place of every medium for which `instead` gives one; the very same body where it
   * gives none. For any JSON object; changes nothing in place.
   */
  replaced(body: JsonObject, instead: (medium: Medium) => string | null): JsonObject;
}

/** The very same list where nothing of it changes. */
export function changed<T>(list: readonly T[], change: (one: T, place: number) => T): readonly T[] {
  const next = list.map(change);
  return next.every((one, place) => one === list[place]) ? list : next;
}

/** `object` with another value of one field; the very same object where it is the same value. */
export function withField(object: JsonObject, name: string, value: unknown): JsonObject {
  return object[name] === value ? object : { ...object, [name]: value };
}

/**
 * The place of the message that is new: the last of the person's, with nothing after it that the model or a tool said.
 * -1 where there is none.
 */
export function newestPlace(
  list: readonly unknown[],
  speaker: (one: unknown) => "person" | "other" | "system",
): number {
  const last = list.findLastIndex((one) => speaker(one) !== "system");
  return last >= 0 && speaker(list[last]) === "person" ? last : -1;
}

/** Of base64. */
export function decodedBytes(base64: string): number {
  return Math.max(0, Math.floor((base64.length * 3) / 4) - (base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0));
}

/** Of a data URL in base64; 0 for any other address. */
export function bytesAt(url: unknown): number {
  if (typeof url !== "string" || !url.startsWith("data:")) return 0;
  const start = url.indexOf(";base64,");
  return start < 0 ? 0 : decodedBytes(url.slice(start + ";base64,".length));
}
