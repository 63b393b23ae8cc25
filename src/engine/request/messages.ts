/** OpenAI's messages to what chat templates know: text instead of parts, four roles, tool calls as objects. */
import { z } from "zod";
import { badField } from "../http/api-error.ts";
import type { TemplateMessage } from "../prompt/chat-template.ts";

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const otherPart = z.object({ type: z.string() });
const content = z.union([z.string(), z.array(z.union([textPart, otherPart]))]);

const toolCall = z.object({
  id: z.string().optional(),
  type: z.literal("function").optional(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content, name: z.string().optional() }),
  z.object({ role: z.literal("user"), content, name: z.string().optional() }),
  z.object({
    role: z.literal("assistant"),
    content: content.nullish(),
    tool_calls: z.array(toolCall).nullish(),
  }),
  z.object({ role: z.literal("tool"), content, tool_call_id: z.string().optional(), name: z.string().optional() }),
]);

export const messagesField = z.array(message).min(1);

type Messages = z.output<typeof messagesField>;

export function templateMessages(messages: Messages): TemplateMessage[] {
  return messages.map((one, index) => {
    const text = plainText(one.content ?? "", `messages[${index}].content`);
    if (one.role === "assistant") {
      const calls = (one.tool_calls ?? []).map((call, place) => ({
        type: "function" as const,
        function: {
          name: call.function.name,
          arguments: parseArguments(call.function.arguments, `messages[${index}].tool_calls[${place}]`),
        },
      }));
      return { role: "assistant", content: text, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    }
    const role = one.role === "developer" ? "system" : one.role;
    const name = one.name === undefined ? {} : { name: one.name };
    const call = "tool_call_id" in one && one.tool_call_id !== undefined ? { tool_call_id: one.tool_call_id } : {};
    return { role, content: text, ...name, ...call };
  });
}

function plainText(value: z.output<typeof content>, field: string): string {
  if (typeof value === "string") return value;
  const texts = value.map((part, index) => {
    if ("text" in part) return part.text;
    throw badField(`${field}[${index}].type`, `this model reads text only, not ${JSON.stringify(part.type)}.`);
  });
  return texts.join("\n");
}

function parseArguments(text: string, call: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw badField(`${call}.function.arguments`, "expected a JSON object as text.");
  }
}
