/** A message of an engine that speaks Anthropic's API, whole. */
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import { toolInput } from "../../../../dialects/chat/tool-input.ts";
import { listIn } from "../answer-json.ts";
import { type NativeCorrections, readWhole } from "./native-corrections.ts";

/** The very same object where nothing is to be corrected. */
export function correctedMessage(message: JsonObject, corrections: NativeCorrections): JsonObject {
  const before = listIn(message, "content");
  // What the engine has understood comes first: then nothing more is looked for in the text.
  const own = new Map(before.filter(isCall).map((block) => [block, ownCall(block, corrections)]));
  const content = before.flatMap((block) => {
    if (block.type === "text") return textAndCalls(block, corrections);
    return own.get(block) ?? block;
  });
  const stop_reason = stopReason(message.stop_reason, corrections.calls > 0);
  const isSame = stop_reason === message.stop_reason && content.every((block, at) => block === before[at]);
  if (isSame && content.length === before.length) return message;
  if (!corrections.changed) corrections.mended();
  return { ...message, content, stop_reason };
}

/** As the API has it: an engine that lost its call says `tool_use`, and one that missed it does not. */
export function stopReason(reason: unknown, called: boolean): unknown {
  if (called) return reason === "end_turn" || reason === "stop_sequence" ? "tool_use" : reason;
  return reason === "tool_use" ? "end_turn" : reason;
}

function isCall({ type }: JsonObject): boolean {
  return type === "tool_use";
}

function ownCall(block: JsonObject, corrections: NativeCorrections): JsonObject {
  const id = corrections.ownId(block.id);
  const input =
    typeof block.input === "string" ? toolInput(block.input).value : isObject(block.input) ? block.input : {};
  if (id === block.id && input === block.input) return block;
  corrections.mended();
  return { ...block, id, input };
}

function textAndCalls(block: JsonObject, corrections: NativeCorrections): JsonObject[] {
  const reader = typeof block.text === "string" ? corrections.reader() : null;
  if (reader === null) return [block];
  const { words, calls } = readWhole(reader, String(block.text));
  if (calls.length === 0) return [block];
  const called = calls.map((call) => ({ type: "tool_use", ...corrections.written(call) }));
  return [...(words.trim() === "" ? [] : [{ ...block, text: words }]), ...called];
}
