/**
 * Tools of the Responses API that are no functions, but that the client runs all the same: an engine gets each as a
 * function, and the client gets a call of it as the item that it knows. One line each in `clientTools`.
 */
import type { JsonObject } from "../../../domain/json-object.ts";
import { toolInput } from "../chat/tool-input.ts";

export type ClientCallType = "local_shell_call" | "shell_call" | "apply_patch_call" | "tool_search_call";

export interface ClientTool {
  callType: ClientCallType;
  description: string;
  parameters: JsonObject;
  /** Fields of the call's item, out of the function's arguments. */
  item(given: JsonObject): JsonObject;
  /** The function's arguments, out of the call's item. */
  given(item: JsonObject): unknown;
}

const text = { type: "string" };
const texts = { type: "array", items: text };
const whole = { type: "integer" };

function object(properties: JsonObject, ...required: string[]): JsonObject {
  return { type: "object", properties, required };
}

/** By the tool's type, which is its function's name too. */
export const clientTools: ReadonlyMap<string, ClientTool> = new Map<string, ClientTool>([
  [
    "local_shell",
    {
      callType: "local_shell_call",
      description: "Runs a command on the user's machine and returns what it printed.",
      parameters: object({ command: texts, working_directory: text, timeout_ms: whole }, "command"),
      item: ({ command, working_directory = null, timeout_ms = null }) => ({
        action: { type: "exec", command: listOf(command), env: {}, user: null, working_directory, timeout_ms },
      }),
      given: ({ action }) => action,
    },
  ],
  [
    "shell",
    {
      callType: "shell_call",
      description: "Runs commands in a shell on the user's machine and returns what they printed.",
      parameters: object({ commands: texts, timeout_ms: whole }, "commands"),
      item: ({ commands, timeout_ms = null }) => ({
        action: { commands: listOf(commands), timeout_ms, max_output_length: null },
      }),
      given: ({ action }) => action,
    },
  ],
  [
    "apply_patch",
    {
      callType: "apply_patch_call",
      description: "Creates, changes or deletes one file. `diff` is the file's lines in V4A: `+` added, `-` removed.",
      parameters: object(
        { type: { enum: ["create_file", "update_file", "delete_file"] }, path: text, diff: text },
        "type",
        "path",
      ),
      item: (operation) => ({ operation }),
      given: ({ operation }) => operation,
    },
  ],
  [
    "tool_search",
    {
      callType: "tool_search_call",
      description: "Finds further tools by what they are for.",
      parameters: object({ query: text }, "query"),
      item: (given) => ({ execution: "client", arguments: given }),
      given: (item) => item.arguments,
    },
  ],
]);

const byCallType = new Map([...clientTools].map(([name, tool]) => [tool.callType as string, { name, tool }]));

/** The tool that an item of this type calls. */
export function clientToolOf(type: string): { name: string; tool: ClientTool } | null {
  return byCallType.get(type) ?? null;
}

/** `given`: the arguments as the engine wrote them, perhaps not whole yet. */
export function clientCallItem(type: ClientCallType, given: string): JsonObject {
  return byCallType.get(type)!.tool.item(toolInput(given).value);
}

/** Models that know shells say one command as a string. */
function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
