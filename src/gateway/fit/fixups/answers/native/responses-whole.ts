/** A response of an engine that speaks OpenAI's Responses, whole. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { toolInput } from "../../../../dialects/chat/tool-input.ts";
import { listIn } from "../answer-json.ts";
import type { WrittenCall } from "../call-formats/format.ts";
import { type NamedCall, type NativeCorrections, readWhole } from "./native-corrections.ts";

/** The very same object where nothing is to be corrected. */
export function correctedResponse(response: JsonObject, corrections: NativeCorrections): JsonObject {
  const before = listIn(response, "output");
  // What the engine has understood comes first: then nothing more is looked for in the text.
  const own = new Map(before.filter(isCall).map((item) => [item, ownCall(item, corrections)]));
  const output = before.flatMap((item) => {
    if (item.type === "message") return wordsAndCalls(item, corrections);
    return own.get(item) ?? item;
  });
  const isSame = output.length === before.length && output.every((item, at) => item === before[at]);
  return isSame ? response : { ...response, output };
}

export function isCall({ type }: JsonObject): boolean {
  return type === "function_call";
}

/** With an id that no other call of the conversation has, and text for arguments. */
function ownCall(item: JsonObject, corrections: NativeCorrections): JsonObject {
  const call_id = corrections.ownId(item.call_id);
  const given = argumentsText(item.arguments);
  if (call_id === item.call_id && given === item.arguments) return item;
  corrections.mended();
  return { ...item, call_id, arguments: given };
}

/** Of one object, however it was encoded; what is no object stays as it is. */
export function argumentsText(given: unknown): string {
  if (typeof given !== "string") return JSON.stringify(isObject(given) ? given : {});
  const { whole, value } = toolInput(given);
  const isPlain = !whole || given.trimStart().startsWith("{");
  return isPlain ? given : JSON.stringify(value);
}

export function callItem({ id, name, input }: NamedCall): JsonObject {
  return {
    type: "function_call",
    id: `fc_${id}`,
    call_id: id,
    name,
    arguments: JSON.stringify(input),
    status: "completed",
  };
}

function wordsAndCalls(item: JsonObject, corrections: NativeCorrections): JsonObject[] {
  const calls: WrittenCall[] = [];
  const before = listIn(item, "content");
  const content = before.flatMap((part) => {
    const reader = part.type === "output_text" && typeof part.text === "string" ? corrections.reader() : null;
    if (reader === null) return [part];
    const read = readWhole(reader, String(part.text));
    if (read.calls.length === 0) return [part];
    calls.push(...read.calls);
    return read.words.trim() === "" ? [] : [{ ...part, text: read.words }];
  });
  if (calls.length === 0) return [item];
  const items = calls.map((call) => callItem(corrections.written(call)));
  return content.length === 0 ? items : [{ ...item, content }, ...items];
}
