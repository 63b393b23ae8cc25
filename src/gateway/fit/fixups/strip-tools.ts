import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { RequestFixup } from "./fixup.ts";
import { plainText, withEach, withList, without } from "./message.ts";

const toolFields = [
  ...["tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "functions", "function_call"],
] as const;

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
  apply: {
    chat: (body) => withEach(without(body, toolFields), "messages", inWords),
    messages: (body) =>
      withEach(without(body, toolFields), "messages", (message) =>
        withList(message, "content", (blocks) => blocks.flatMap(blocksInWords)),
      ),
    responses: (body) => withEach(without(body, toolFields), "input", itemInWords),
  },
};

/** Roles and fields of which a template without tools knows nothing. */
function inWords(message: JsonObject): JsonObject {
  if (message.role === "tool" || message.role === "function") {
    const { tool_call_id, tool_calls, name, ...rest } = message;
    const said = plainText(message.content);
    return { ...rest, role: "user", ...(said === null ? {} : { content: resultInWords(said) }) };
  }
  if (!Object.hasOwn(message, "tool_calls")) return message;
  const { tool_calls: calls, ...rest } = message;
  const called = (Array.isArray(calls) ? calls : [])
    .flatMap((call) => (isObject(call) && isObject(call.function) ? callInWords(call.function) : []))
    .join("\n");
  if (called === "") return rest;
  const said = plainText(rest.content);
  return { ...rest, content: said ? `${said}\n${called}` : called };
}

/** Pictures among what a tool gave stay beside its words. */
function blocksInWords(block: unknown): unknown[] {
  if (!isObject(block)) return [block];
  if (block.type === "tool_use") return callInWords(block).map((text) => ({ type: "text", text }));
  if (block.type !== "tool_result") return [block];
  const parts: unknown[] = Array.isArray(block.content) ? block.content : [];
  const texts = parts.flatMap((part) => (isObject(part) && typeof part.text === "string" ? [part.text] : []));
  const said = typeof block.content === "string" ? block.content : texts.join("\n\n");
  const others = parts.filter((part) => isObject(part) && part.type === "image");
  return [{ type: "text", text: resultInWords(said) }, ...others];
}

function itemInWords(item: JsonObject): JsonObject {
  const { type, output } = item;
  if (type === "function_call" || type === "custom_tool_call") {
    return { type: "message", role: "assistant", content: callInWords(item).join("\n") };
  }
  if (type !== "function_call_output" && type !== "custom_tool_call_output") return item;
  if (typeof output === "string") return { type: "message", role: "user", content: resultInWords(output) };
  const parts: unknown[] = Array.isArray(output) ? output : [];
  return { type: "message", role: "user", content: [{ type: "input_text", text: resultInWords("") }, ...parts] };
}

function resultInWords(said: string): string {
  return `Result of the tool:\n${said}`;
}

/** Of a call in any of the APIs. */
function callInWords({ name, arguments: given, input }: JsonObject): string[] {
  if (typeof name !== "string") return [];
  const said = given ?? input;
  return [`Calls ${name} with ${typeof said === "string" ? said : JSON.stringify(said ?? {})}`];
}
