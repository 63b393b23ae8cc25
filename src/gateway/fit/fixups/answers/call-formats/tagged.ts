/** `<tool_call>` of Hermes and Qwen, with JSON in it, with Qwen coders' `<function=...>` or with GLM's `<arg_key>`. */
import type { JsonObject } from "../../../../../domain/json-object.ts";
import { isObject } from "../../../../../domain/json-object.ts";
import type { Cursor } from "./cursor.ts";
import { type CallFormat, jsonCalls, type WrittenCall } from "./format.ts";

export const toolCallTag: CallFormat = {
  openings: ["<tool_call>"],
  anywhere: false,
  read(cursor) {
    if (!cursor.take("<tool_call>")) return null;
    cursor.space();
    const next = cursor.text[cursor.at];
    if (next === "{" || next === "[") {
      const calls = jsonCalls(cursor.json());
      return calls !== null && closes(cursor, "</tool_call>") ? calls : null;
    }
    if (next === "<") return functions(cursor);
    const call = argumentPairs(cursor);
    return call === null ? null : [call];
  },
};

/** Qwen coders leave the opening tag out; Llama 3.1 has JSON in the element. */
export const functionTag: CallFormat = {
  openings: ["<function="],
  anywhere: false,
  read: (cursor) => functions(cursor),
};

/** Qwen 2.5 coders and Nemotron use a tag of the prompt for the answer. */
export const toolsTag: CallFormat = {
  openings: ["<tools>", "<TOOLCALL>", "<|python_tag|>"],
  anywhere: false,
  read(cursor) {
    const tag = toolsTag.openings.find((opening) => cursor.take(opening));
    if (tag === undefined) return null;
    const calls = jsonCalls(cursor.space().json());
    if (calls === null || tag === "<|python_tag|>") return calls;
    return closes(cursor, tag.replace("<", "</")) ? calls : null;
  },
};

/** The text may end where only this is missing. */
function closes(cursor: Cursor, tag: string): boolean {
  const { at } = cursor.space();
  return cursor.take(tag) || at === cursor.text.length;
}

function functions(cursor: Cursor): WrittenCall[] | null {
  const calls: WrittenCall[] = [];
  do {
    const call = functionElement(cursor);
    if (call === null) return null;
    calls.push(call);
    cursor.space();
  } while (cursor.text.startsWith("<function=", cursor.at));
  cursor.take("</tool_call>");
  return calls;
}

function functionElement(cursor: Cursor): WrittenCall | null {
  if (!cursor.take("<function=")) return null;
  const name = cursor.until(">");
  if (name === null) return null;
  const input: JsonObject = {};
  if (cursor.space().text[cursor.at] === "{") {
    const value = cursor.json();
    return isObject(value) && cursor.space().take("</function>") ? { name: name.trim(), input: value } : null;
  }
  while (cursor.space().take("<parameter=")) {
    const key = cursor.until(">");
    const value = key === null ? null : parameter(cursor);
    if (key === null || value === null) return null;
    input[key.trim()] = value;
  }
  return cursor.take("</function>") ? { name: name.trim(), input } : null;
}

/** Up to the closing tag that another parameter or the function's end follows: values may hold such tags themselves. */
function parameter(cursor: Cursor): string | null {
  const start = cursor.at;
  while (cursor.until("</parameter>") !== null) {
    const end = cursor.at;
    cursor.space();
    const follows = [cursor.take("<parameter="), cursor.take("</function>")].includes(true);
    cursor.at = end;
    if (follows) return lines(cursor.text.slice(start, end - "</parameter>".length));
  }
  return null;
}

/** Without the line breaks that set a value off. */
function lines(value: string): string {
  return value.replace(/^\r?\n/, "").replace(/\r?\n$/, "");
}

function argumentPairs(cursor: Cursor): WrittenCall | null {
  const name = cursor.name();
  const input: JsonObject = {};
  if (name === "") return null;
  while (cursor.space().take("<arg_key>")) {
    const key = cursor.until("</arg_key>");
    const value = key !== null && cursor.space().take("<arg_value>") ? cursor.until("</arg_value>") : null;
    if (key === null || value === null) return null;
    input[key.trim()] = lines(value);
  }
  return cursor.take("</tool_call>") ? { name, input } : null;
}
