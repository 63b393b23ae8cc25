/** What a call format is: see README.md. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import type { Cursor } from "./cursor.ts";

export interface WrittenCall {
  name: string;
  input: JsonObject;
}

export interface CallFormat {
  openings: readonly string[];
  /** Its opening is the model's own token. Otherwise it counts at the start of a line, outside of quoted code. */
  anywhere: boolean;
  read(cursor: Cursor): WrittenCall[] | null;
}

/** `{"name", "arguments"}`, or a list of them. */
export function jsonCalls(value: unknown): WrittenCall[] | null {
  const calls = (Array.isArray(value) ? value : [value]).map(jsonCall);
  return calls.length > 0 && calls.every((call) => call !== null) ? calls : null;
}

const known = new Set(["name", "arguments", "parameters", "id", "type"]);

function jsonCall(value: unknown): WrittenCall | null {
  if (!isObject(value)) return null;
  const { name, arguments: given, parameters } = value;
  const input = given ?? parameters;
  // Whatever else stands there would be lost.
  if (typeof name !== "string" || !isObject(input) || Object.keys(value).some((key) => !known.has(key))) return null;
  return { name, input };
}
