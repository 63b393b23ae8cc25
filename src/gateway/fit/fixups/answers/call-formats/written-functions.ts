/** Calls written as those of functions: Llama's and Gemma's Python, and Gemma 4's `call:name{...}`. */
import type { Cursor } from "./cursor.ts";
import type { CallFormat, WrittenCall } from "./format.ts";
import { fieldsIn, nothing } from "./literal.ts";

export const gemma: CallFormat = {
  openings: ["<|tool_call>", "<start_function_call>"],
  anywhere: true,
  read(cursor) {
    const opening = gemma.openings.find((one) => cursor.take(one));
    if (opening === undefined || !cursor.space().take("call:")) return null;
    const name = cursor.name();
    if (cursor.space().text[cursor.at] !== "{") {
      cursor.ranOut ||= cursor.at === cursor.text.length;
      return null;
    }
    const input = fieldsIn(cursor, ":", "}");
    const end = opening === "<|tool_call>" ? "<tool_call|>" : "<end_function_call>";
    return input !== nothing && cursor.space().take(end) ? [{ name, input }] : null;
  },
};

export const toolCode: CallFormat = {
  openings: ["```tool_code", "<|python_start|>"],
  anywhere: false,
  read(cursor) {
    const opening = toolCode.openings.find((one) => cursor.take(one));
    if (opening === undefined) return null;
    const calls = pythonic(cursor.space());
    const end = opening === "```tool_code" ? "```" : "<|python_end|>";
    return calls !== null && cursor.space().take(end) ? calls : null;
  },
};

/** `[read(path="a"), ...]`, or one call alone. */
export function pythonic(cursor: Cursor): WrittenCall[] | null {
  const isList = cursor.take("[");
  const calls: WrittenCall[] = [];
  do {
    const name = cursor.space().name();
    if (name === "" || cursor.text[cursor.at] !== "(") return null;
    const input = fieldsIn(cursor, "=", ")");
    if (input === nothing) return null;
    calls.push({ name, input });
  } while (isList && cursor.space().take(","));
  return !isList || cursor.space().take("]") ? calls : null;
}
