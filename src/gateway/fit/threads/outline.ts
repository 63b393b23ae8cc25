/**
 * What an answer is told by: a request without the bulk of its conversation. A translation makes of it the very same
 * way back, and takes no time over it.
 */
import { isObject } from "../../../domain/json-object.ts";

/** Members that carry what is asked about, in whichever API. */
const bulk = new Set(["messages", "input", "contents", "prompt", "requests", "system", "systemInstruction", "images"]);

/** What an answer is told by may be copied between threads up to this size. */
export const largestOutline = 4 * 1024 * 1024;

const longestText = 100;
const mostMembers = 50;

export function outlineOf(request: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [name, bulk.has(name) ? beginning(value) : value]),
  );
}

/** Of the same shape, as an empty conversation would be another request, and with the calls: their ids are not given again. */
function beginning(value: unknown): unknown {
  if (typeof value === "string") return value.slice(0, longestText);
  if (Array.isArray(value)) return value.filter((element, index) => index === 0 || hasCalls(element)).map(beginning);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostMembers)
      .map(([name, member]) => [name, beginning(member)]),
  );
}

/** A message with calls, or a part or item that is one, in whichever API. */
function hasCalls(element: unknown): boolean {
  if (!isObject(element)) return false;
  const { tool_calls: calls, functionCall, id, call_id: callId, content, parts } = element;
  if ([calls, functionCall, id, callId].some((one) => one !== undefined)) return true;
  return [content, parts].some((list) => Array.isArray(list) && list.some(hasCalls));
}
