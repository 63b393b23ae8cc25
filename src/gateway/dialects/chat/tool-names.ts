import { isObject } from "../../../domain/json-object.ts";
import { list } from "./read-message.ts";

/** Names of the functions among a chat request's `tools`. */
export function toolNames(tools: unknown): ReadonlySet<string> {
  const names = list(tools).flatMap(({ function: tool }) => (isObject(tool) ? [tool.name] : []));
  return new Set(names.filter((name) => typeof name === "string"));
}
