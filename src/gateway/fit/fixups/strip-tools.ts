import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { plainText, withEachMessage, without } from "./message.ts";

const toolFields = ["tools", "tool_choice", "parallel_tool_calls", "functions", "function_call"] as const;

export const stripTools: RequestFixup = {
  name: "strip-tools",
  about:
    "For models that cannot call tools: tools are left out, and calls and results of the conversation so far become text. The answer is plain text then.",
  example: {
    before: {
      messages: [{ role: "user", content: "Hello" }],
      tools: [{ type: "function", function: { name: "read", parameters: { type: "object" } } }],
      tool_choice: "auto",
    },
    after: { messages: [{ role: "user", content: "Hello" }] },
  },
  apply: (body) => withEachMessage(without(body, toolFields), inWords),
};

/** Roles and fields of which a template without tools knows nothing. */
function inWords(message: JsonObject): JsonObject {
  if (message.role === "tool" || message.role === "function") {
    const { tool_call_id, tool_calls, name, ...rest } = message;
    const said = plainText(message.content);
    return { ...rest, role: "user", ...(said === null ? {} : { content: `Result of the tool:\n${said}` }) };
  }
  if (!Object.hasOwn(message, "tool_calls")) return message;
  const { tool_calls: calls, ...rest } = message;
  const called = (Array.isArray(calls) ? calls : []).flatMap(callInWords).join("\n");
  if (called === "") return rest;
  const said = plainText(rest.content);
  return { ...rest, content: said ? `${said}\n${called}` : called };
}

function callInWords(call: unknown): string[] {
  if (!isObject(call) || !isObject(call.function)) return [];
  const { name, arguments: given } = call.function;
  if (typeof name !== "string") return [];
  return [`Calls ${name} with ${typeof given === "string" ? given : JSON.stringify(given ?? {})}`];
}
