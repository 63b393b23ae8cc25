/** `<invoke name=...><parameter name=...>` within an element of calls: Muse's, MiniMax's, DeepSeek's since V3.2, and Claude's of old, which models learnt from. */
import type { JsonObject } from "../../../../../domain/json-object.ts";
import type { Cursor } from "./cursor.ts";
import type { CallFormat, WrittenCall } from "./format.ts";

export const muse = invoking("atem:function_calls", "atem:", true, "<|eom|>");
export const minimax = invoking("minimax:tool_call", "", true);
export const dsml = invoking("｜DSML｜function_calls", "｜DSML｜", true);
export const functionCalls = invoking("function_calls", "", false);

/** `prefix`: of the names of all elements within. `after`: what may follow as the end of the model's turn. */
function invoking(element: string, prefix: string, anywhere: boolean, after?: string): CallFormat {
  return {
    openings: [`<${element}>`],
    anywhere,
    read(cursor) {
      if (!cursor.take(`<${element}>`)) return null;
      const calls: WrittenCall[] = [];
      while (cursor.space().take(`<${prefix}invoke name="`)) {
        const call = invoked(cursor, prefix);
        if (call === null) return null;
        calls.push(call);
      }
      if (calls.length === 0 || !cursor.take(`</${element}>`)) return null;
      if (after !== undefined) cursor.take(after);
      return calls;
    },
  };
}

/** Behind the quote that opens its name. */
function invoked(cursor: Cursor, prefix: string): WrittenCall | null {
  const name = cursor.until('"');
  if (name === null || cursor.until(">") === null) return null;
  const input: JsonObject = {};
  while (cursor.space().take(`<${prefix}parameter name="`)) {
    const key = cursor.until('"');
    const value = key !== null && cursor.until(">") !== null ? cursor.until(`</${prefix}parameter>`) : null;
    if (key === null || value === null) return null;
    input[key] = value;
  }
  return cursor.take(`</${prefix}invoke>`) ? { name, input } : null;
}
