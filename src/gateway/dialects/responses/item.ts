/** One item of a response's output while it comes in, and the words of its events. */
import { type ClientCallType, clientCallItem } from "./client-tools.ts";
import { customInput } from "./custom-tool.ts";

export type ItemKind = "reasoning" | "message" | "function_call" | "custom_tool_call" | ClientCallType;
export type ItemStatus = "in_progress" | "completed" | "incomplete";

export interface OpenItem {
  kind: ItemKind;
  id: string;
  /** Text or arguments so far. */
  text: string;
  /** Of a tool call. */
  call?: { id: string; name: string; namespace: string | null };
}

export const idPrefix: Record<ItemKind, string> = {
  reasoning: "rs",
  message: "msg",
  function_call: "fc",
  custom_tool_call: "ctc",
  local_shell_call: "lsh",
  shell_call: "sh",
  apply_patch_call: "apc",
  tool_search_call: "tsc",
};

/** As it stands in `output`. */
export function itemObject({ kind, id, text, call }: OpenItem, status: ItemStatus): Record<string, unknown> {
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
        content: begun ? [partObject(kind, text)] : [],
        status,
      };
    case "message":
      return { type: kind, id, status, role: "assistant", content: begun ? [partObject(kind, text)] : [] };
    case "function_call":
      return { type: kind, id, ...called, arguments: text, status };
    case "custom_tool_call":
      return { type: kind, id, ...called, input: status === "in_progress" ? "" : customInput(text), status };
    default:
      return { type: kind, id, call_id: call?.id, ...clientCallItem(kind, text), status };
  }
}

/** The one part of an item that consists of parts. */
export function partObject(kind: "reasoning" | "message", text: string): Record<string, unknown> {
  if (kind === "reasoning") return { type: "reasoning_text", text };
  return { type: "output_text", text, annotations: [], logprobs: [] };
}
