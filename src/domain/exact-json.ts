/**
 * A body's JSON, parsed so that it can be written again with every number as it came: seeds and ids have up to 64 bits,
 * of which a number of JavaScript's keeps 53.
 */
import type { JsonObject } from "./json-object.ts";

/** https://github.com/tc39/proposal-json-parse-with-source, which Node has and the compiler's types have not. */
declare global {
  interface JSON {
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

/** Where a value could begin, many digits or an exponent of three: what is lost is one of these. */
const mayLose = /[:,[]\s{0,20}-?(?:\d{16}|[\d.]{1,40}[eE]\+?\d{3})/;

/** Numbers that would change come as `JSON.rawJSON` has them. Throws what `JSON.parse` throws. */
export function exactJson(text: string): unknown {
  return mayLose.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

/** The same of a body that is known to be a JSON object. */
export function exactObject(bytes: Buffer): JsonObject {
  return exactJson(bytes.toString("utf8")) as JsonObject;
}

/** A number that `exactJson` left as it is written. */
export function isExactNumber(value: unknown): value is object {
  return JSON.isRawJSON(value);
}

function exact(this: unknown, _: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== "number" || source === undefined || Number.isSafeInteger(value)) return value;
  return Number.isInteger(value) || !Number.isFinite(value) ? JSON.rawJSON(source) : value;
}
