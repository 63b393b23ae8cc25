/**
 * How tools are written into a prompt and read from an answer: the form of the Hermes models, which most open models
 * were trained on. A call is `<tool_call>{"name": ..., "arguments": {...}}</tool_call>`.
 */
import type { TemplateMessage } from "../prompt/chat-template.ts";

export const callStart = "<tool_call>";
export const callEnd = "</tool_call>";

export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the arguments. */
  parameters: unknown;
}

/** As templates expect them. */
export function templateTools(tools: readonly Tool[]): object[] {
  return tools.map((tool) => ({ type: "function", function: tool }));
}

/** Tools and their calls as plain text, for templates that do not know tools. */
export function withToolsAsText(messages: TemplateMessage[], tools: readonly Tool[]): TemplateMessage[] {
  const plain = messages.map(plainMessage);
  if (tools.length === 0) return plain;
  const [first, ...rest] = plain;
  if (first?.role !== "system") return [{ role: "system", content: explanation(tools) }, ...plain];
  return [{ role: "system", content: `${first.content}\n\n${explanation(tools)}` }, ...rest];
}

function plainMessage(message: TemplateMessage): TemplateMessage {
  if (message.role === "tool") {
    return { role: "user", content: `<tool_response>\n${message.content}\n</tool_response>` };
  }
  const calls = (message.tool_calls ?? []).map(
    ({ function: { name, arguments: given } }) =>
      `${callStart}\n${JSON.stringify({ name, arguments: given })}\n${callEnd}`,
  );
  return { role: message.role, content: [message.content, ...calls].filter((text) => text !== "").join("\n") };
}

function explanation(tools: readonly Tool[]): string {
  return [
    "You can call these functions when they help to answer:",
    "<tools>",
    ...templateTools(tools).map((tool) => JSON.stringify(tool)),
    "</tools>",
    "To call one, answer with its name and arguments in this form and nothing else:",
    callStart,
    '{"name": "function name", "arguments": {"argument": "value"}}',
    callEnd,
  ].join("\n");
}
