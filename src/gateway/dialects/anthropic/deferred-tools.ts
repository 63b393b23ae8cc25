/**
 * Tools that a model is to be shown once a search has found them (`defer_loading`). The search is a tool that the client
 * runs, as Claude Code does: its result names what was found in blocks of type `tool_reference`.
 */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import { blocksOf } from "./content.ts";
import type { CountRequest, Tool } from "./request.ts";

type Request = Pick<CountRequest, "messages" | "tools" | "tool_choice">;

/** The tools that the model may see now. */
export function shownTools({ messages, tools, tool_choice: choice }: Request): Tool[] {
  const all = tools ?? [];
  const open = all.filter(({ defer_loading: deferred }) => deferred !== true);
  // Where nobody could search, nothing would ever be found.
  if (open.length === all.length || !open.some(isSearch)) return all;
  const found = new Set(messages.flatMap(({ content }) => blocksOf(content).flatMap(namesIn)));
  if (choice?.type === "tool") found.add(choice.name);
  return all.filter((tool) => tool.defer_loading !== true || found.has(tool.name ?? ""));
}

/** The client runs it: a search of Anthropic's servers (`tool_search_tool_regex_20251119`) has no schema. */
function isSearch({ name, input_schema: schema }: Tool): boolean {
  return schema !== null && schema !== undefined && /tool.?search|search.?tool/i.test(name ?? "");
}

/** What a block found, or has called already. */
function namesIn(block: JsonObject): string[] {
  const { type, name, tool_name: named, content } = block;
  if (type === "tool_use") return typeof name === "string" ? [name] : [];
  if (type === "tool_reference") return [named, name].filter((one) => typeof one === "string");
  const within = isObject(content) && Array.isArray(content.tool_references) ? content.tool_references : content;
  return blocksOf(Array.isArray(within) ? within : []).flatMap(namesIn);
}
