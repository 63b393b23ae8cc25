/** A call that stands in the input, as the function that an engine knows. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { clientToolOf } from "./client-tools.ts";
import { customArguments } from "./custom-tool.ts";
import { flatName } from "./namespaced-name.ts";

export interface InputCall {
  id: string;
  name: string;
  /** Arguments, as JSON. */
  text: string;
}

/** The id under which a call and its output belong together; local shells have it under the item's own name. */
export function callId({ call_id: id, id: own }: JsonObject): string | null {
  return typeof id === "string" ? id : typeof own === "string" ? own : null;
}

/** Null where the item is no call, or one that was not answered here. `answered`: ids of calls that have an output. */
export function inputCall(type: string, item: JsonObject, answered: ReadonlySet<string>): InputCall | null {
  const id = callId(item);
  if (id === null || !type.endsWith("_call")) return null;
  if (type === "function_call" || type === "custom_tool_call") {
    if (typeof item.name !== "string") return null;
    const name = flatName(typeof item.namespace === "string" ? item.namespace : null, item.name);
    const isCustom = type === "custom_tool_call";
    return { id, name, text: isCustom ? customArguments(String(item.input ?? "")) : asJson(item.arguments) };
  }
  const known = clientToolOf(type);
  if (known !== null && known.tool.given(item) !== undefined) {
    return { id, name: known.name, text: asJson(known.tool.given(item)) };
  }
  // Of a kind that is not known here; the client ran it, so that the model should see its call before its output.
  if (!answered.has(id)) return null;
  const { id: _, call_id: __, type: ___, status: ____, ...given } = item;
  return { id, name: type.replace(/_call$/, ""), text: JSON.stringify(given) };
}

/** The ids of all calls that have an output. */
export function answeredIn(items: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => (isOutput(item) ? (callId(item) ?? []) : [])));
}

export function isOutput({ type }: JsonObject): boolean {
  return typeof type === "string" && type.endsWith("_output");
}

function asJson(given: unknown): string {
  if (typeof given === "string") return given;
  return JSON.stringify(isObject(given) ? given : {});
}
