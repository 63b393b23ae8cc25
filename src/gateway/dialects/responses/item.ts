/** One item of a response's output while it comes in, and the words of its events. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { type ClientCallType, clientCallItem } from "./client-tools.ts";
import { customInput } from "./custom-tool.ts";

/** What consists of one part of words. */
export type WordsKind = "reasoning" | "message" | "refusal";
export type ItemKind = WordsKind | "function_call" | "custom_tool_call" | ClientCallType;
export type ItemStatus = "in_progress" | "completed" | "incomplete";

export interface OpenItem {
  kind: ItemKind;
  id: string;
  /** Text or arguments so far. */
  text: string;
  /** Of its tokens, where they were asked for. */
  logprobs: JsonObject[];
  /** Of a tool call. */
  call?: { id: string; name: string; namespace: string | null };
}

export const idPrefix: Record<ItemKind, string> = {
  reasoning: "rs",
  message: "msg",
  refusal: "msg",
  function_call: "fc",
  custom_tool_call: "ctc",
  local_shell_call: "lsh",
  shell_call: "sh",
  apply_patch_call: "apc",
  tool_search_call: "tsc",
};

/** As it stands in `output`. */
export function itemObject(item: OpenItem, status: ItemStatus): Record<string, unknown> {
  const { kind, id, text, call } = item;
  const called = {
    call_id: call?.id,
    ...(call?.namespace ? { namespace: call.namespace } : {}),
    name: call?.name,
  };
  const begun = status !== "in_progress" || text !== "";
  switch (kind) {
    case "reasoning":
      return {
        type: kind,
        id,
        summary: [],
        content: begun ? [partObject(item)] : [],
        status,
      };
    case "message":
    case "refusal":
      return { type: "message", id, status, role: "assistant", content: begun ? [partObject(item)] : [] };
    case "function_call":
      return { type: kind, id, ...called, arguments: text, status };
    case "custom_tool_call":
      return { type: kind, id, ...called, input: status === "in_progress" ? "" : customInput(text), status };
    default:
      return { type: kind, id, call_id: call?.id, ...clientCallItem(kind, text), status };
  }
}

/** The one part of an item that consists of words. */
export function partObject({ kind, text, logprobs }: Pick<OpenItem, "kind" | "text" | "logprobs">): JsonObject {
  if (kind === "reasoning") return { type: "reasoning_text", text };
  if (kind === "refusal") return { type: "refusal", refusal: text };
  return { type: "output_text", text, annotations: [], logprobs };
}

/** What its events are called: `response.<this>.delta`. */
export const wordsEvent: Record<WordsKind, string> = {
  reasoning: "reasoning_text",
  message: "output_text",
  refusal: "refusal",
};
