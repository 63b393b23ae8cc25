/** Items of a conversation as they are kept: whole, each with an id, in the form in which they are listed. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";

/** `input` of a request, as a list. */
export function itemsIn(input: unknown): JsonObject[] {
  if (typeof input === "string") return [message({ role: "user", content: input })];
  if (!Array.isArray(input)) return [];
  return input.filter(isObject).map((item) => (isMessage(item) ? message(item) : item));
}

/** A message may come without its type. */
function isMessage({ type, role }: JsonObject): boolean {
  return type === "message" || (type === undefined && typeof role === "string");
}

function message(item: JsonObject): JsonObject {
  return { ...item, type: "message", content: partsOf(item.role, item.content) };
}

function partsOf(role: unknown, content: unknown): unknown {
  if (typeof content !== "string") return content;
  return [
    role === "assistant"
      ? { type: "output_text", text: content, annotations: [] }
      : { type: "input_text", text: content },
  ];
}

const prefixes = new Map([
  ["message", "msg"],
  ["function_call", "fc"],
  ["function_call_output", "fco"],
  ["reasoning", "rs"],
  ["custom_tool_call", "ctc"],
  ["custom_tool_call_output", "ctco"],
  ["compaction", "cmp"],
]);

/** `seed`: what no other list of items has. What has an id keeps it. */
export function withIds(items: JsonObject[], seed: string): JsonObject[] {
  return items.map((item, index) => {
    if (typeof item.id === "string" && item.id !== "") return item;
    const prefix = prefixes.get(String(item.type)) ?? "item";
    return { ...item, id: `${prefix}_${seed}_${index}`, ...(item.type === "message" ? { status: "completed" } : {}) };
  });
}
