/** Anthropic's tools and its choice among them, as OpenAI's. */
import type { ChatTool } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { shownTools } from "./deferred-tools.ts";
import type { CountRequest } from "./request.ts";

/** `leftOut`: tools that Anthropic's servers would run, and nobody can here. */
export function toolFields(request: Pick<CountRequest, "messages" | "tools" | "tool_choice">): {
  fields: Record<string, unknown>;
  leftOut: string[];
} {
  const { tool_choice: choice } = request;
  const kept: ChatTool[] = [];
  const leftOut: string[] = [];
  for (const [index, { type, name, description, input_schema: schema }] of shownTools(request).entries()) {
    if (schema === null || schema === undefined) leftOut.push(type ?? name ?? `tools[${index}]`);
    else if (typeof name !== "string" || name === "") throw badField(`tools[${index}].name`, "expected a string");
    else {
      const described = typeof description === "string" ? { description } : {};
      kept.push({ type: "function", function: { name, ...described, parameters: schema } });
    }
  }
  if (kept.length === 0 && leftOut.length > 0) {
    throw badField(
      "tools",
      `${leftOut.join(", ")} run on Anthropic's servers only. Send tools with an \`input_schema\`, which the client runs`,
    );
  }
  return { fields: kept.length === 0 ? {} : { tools: kept, ...choiceFields(choice, kept) }, leftOut };
}

function choiceFields(choice: CountRequest["tool_choice"], tools: ChatTool[]): Record<string, unknown> {
  if (choice === null || choice === undefined) return {};
  if (choice.type === "none") return { tool_choice: "none" };
  const parallel = choice.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : {};
  if (choice.type === "auto") return { tool_choice: "auto", ...parallel };
  if (choice.type === "any") return { tool_choice: "required", ...parallel };
  const { name } = choice;
  if (!tools.some((tool) => tool.function.name === name)) {
    throw badField("tool_choice.name", `no tool in \`tools\` that can be used here is called ${JSON.stringify(name)}`);
  }
  return { tool_choice: { type: "function", function: { name } }, ...parallel };
}
