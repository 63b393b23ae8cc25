/** Values as Python writes them, and as Gemma does: `<|"|>` and `<escape>` for quotes, bare names for keys. */
import type { JsonObject } from "../../../../../domain/json-object.ts";
import type { Cursor } from "./cursor.ts";

/** Nothing that could be read. */
export const nothing = Symbol("nothing");

const words = new Map<string, unknown>([
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ["None", null],
  ["null", null],
]);
const marks = ['<|"|>', "<escape>"];
const deepest = 50;

export function literal(cursor: Cursor, depth = 0): unknown {
  const start = cursor.space().text[cursor.at];
  if (depth > deepest) return nothing;
  if (start === "[") return list(cursor, depth);
  if (start === "{") return fieldsIn(cursor, ":", "}", depth);
  if (start === '"' || start === "'") return quoted(cursor, start);
  for (const mark of marks) if (cursor.take(mark)) return cursor.until(mark) ?? nothing;
  const word = bare(cursor);
  if (words.has(word)) return words.get(word);
  const number = Number(word);
  return word !== "" && Number.isFinite(number) ? number : nothing;
}

function list(cursor: Cursor, depth: number): unknown {
  const items: unknown[] = [];
  cursor.at += 1;
  while (!cursor.space().take("]")) {
    const item = literal(cursor, depth + 1);
    if (item === nothing) return nothing;
    items.push(item);
    if (!cursor.space().take(",")) return cursor.take("]") ? items : nothing;
  }
  return items;
}

/** After one opening character: keys, `separator`, values, and `end`. */
export function fieldsIn(cursor: Cursor, separator: string, end: string, depth = 0): JsonObject | typeof nothing {
  const fields: [string, unknown][] = [];
  cursor.at += 1;
  while (!cursor.space().take(end)) {
    const key = keyIn(cursor);
    if (key === null || !cursor.space().take(separator)) return nothing;
    const value = literal(cursor, depth + 1);
    if (value === nothing) return nothing;
    fields.push([key, value]);
    if (!cursor.space().take(",") && !cursor.text.startsWith(end, cursor.at)) return nothing;
  }
  return Object.fromEntries(fields);
}

function keyIn(cursor: Cursor): string | null {
  const start = cursor.text[cursor.at];
  if (start !== '"' && start !== "'" && !marks.some((mark) => cursor.text.startsWith(mark, cursor.at))) {
    return bare(cursor) || null;
  }
  const key = literal(cursor);
  return typeof key === "string" ? key : null;
}

function bare(cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.at < cursor.text.length && /[\w.+-]/.test(cursor.text[cursor.at]!)) cursor.at += 1;
  cursor.ranOut ||= cursor.at === cursor.text.length;
  return cursor.text.slice(start, cursor.at);
}

const escapes = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
]);

function quoted(cursor: Cursor, quote: string): string | typeof nothing {
  let text = "";
  for (let at = cursor.at + 1; at < cursor.text.length; at++) {
    const character = cursor.text[at]!;
    if (character === quote) {
      cursor.at = at + 1;
      return text;
    }
    if (character === "\\") {
      at += 1;
      const escaped = cursor.text[at] ?? "";
      text += escapes.get(escaped) ?? escaped;
    } else text += character;
  }
  cursor.ranOut = true;
  return nothing;
}
