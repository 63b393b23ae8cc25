/** Formats in which tokens of the model's own set calls off: DeepSeek's, Kimi's, Mistral's and gpt-oss's. */
import { isObject } from "../../../../../domain/json-object.ts";
import type { Cursor } from "./cursor.ts";
import { type CallFormat, jsonCalls, type WrittenCall } from "./format.ts";

interface Marks {
  section: string;
  sectionEnd: string;
  call: string;
  callEnd: string;
  separator: string;
}

export const deepseek = sectioned({
  section: "<｜tool▁calls▁begin｜>",
  sectionEnd: "<｜tool▁calls▁end｜>",
  call: "<｜tool▁call▁begin｜>",
  callEnd: "<｜tool▁call▁end｜>",
  separator: "<｜tool▁sep｜>",
});

export const kimi = sectioned({
  section: "<|tool_calls_section_begin|>",
  sectionEnd: "<|tool_calls_section_end|>",
  call: "<|tool_call_begin|>",
  callEnd: "<|tool_call_end|>",
  separator: "<|tool_call_argument_begin|>",
});

function sectioned({ section, sectionEnd, call, callEnd, separator }: Marks): CallFormat {
  return {
    openings: [section, call],
    anywhere: true,
    read(cursor) {
      const calls: WrittenCall[] = [];
      cursor.take(section);
      while (cursor.space().take(call)) {
        const head = cursor.until(separator);
        const one = head === null ? null : described(cursor, head);
        if (one === null || !cursor.space().take(callEnd)) return null;
        calls.push(one);
      }
      cursor.take(sectionEnd);
      return calls.length > 0 ? calls : null;
    },
  };
}

/** DeepSeek writes `NAME` and JSON, or before V3.1 `function` and below it the name and quoted JSON; Kimi `functions.NAME:0`. */
function described(cursor: Cursor, head: string): WrittenCall | null {
  const isOld = head.trim() === "function";
  const name = isOld
    ? cursor.name()
    : head
        .trim()
        .replace(/^functions\./, "")
        .replace(/:\d+$/, "");
  const quoted = cursor.space().take("```json");
  const input = cursor.space().json();
  if (quoted && !cursor.space().take("```")) return null;
  return isObject(input) ? { name, input } : null;
}

/** A list of JSON, or since the eleventh version of its tokenizer a name and JSON. */
export const mistral: CallFormat = {
  openings: ["[TOOL_CALLS]"],
  anywhere: true,
  read(cursor) {
    const calls: WrittenCall[] = [];
    while (cursor.space().take("[TOOL_CALLS]")) {
      const next = cursor.space().text[cursor.at];
      const some = next === "[" || next === "{" ? jsonCalls(cursor.json()) : named(cursor);
      if (some === null) return null;
      calls.push(...some);
    }
    return calls.length > 0 ? calls : null;
  },
};

function named(cursor: Cursor): WrittenCall[] | null {
  const name = cursor.name();
  if (cursor.take("[CALL_ID]")) cursor.name();
  cursor.take("[ARGS]");
  const input = cursor.space().json();
  return isObject(input) ? [{ name, input }] : null;
}

const to = "to=functions.";

/** What gpt-oss's parser leaves of its channels. */
export const harmony: CallFormat = {
  openings: [
    `<|channel|>commentary ${to}`,
    `<|start|>assistant<|channel|>commentary ${to}`,
    `<|start|>assistant ${to}`,
  ],
  anywhere: true,
  read(cursor) {
    if (!harmony.openings.some((opening) => cursor.take(opening))) return null;
    const name = cursor.name();
    for (const mark of ["<|channel|>commentary", "<|constrain|>", "json", "<|message|>"]) cursor.space().take(mark);
    const input = cursor.space().json();
    if (!isObject(input)) return null;
    cursor.take("<|call|>");
    return [{ name, input }];
  },
};
