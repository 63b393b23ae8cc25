/** Tools of the Responses API, and the choice among them, as the chat API's. */
import type { ChatTool } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { customParameters } from "./custom-tool.ts";
import type { ResponsesRequest } from "./request.ts";

export interface Tools {
  fields: Record<string, unknown>;
  /** Those that take free text, and whose calls come back as such. */
  custom: ReadonlySet<string>;
  /** Those that OpenAI's servers would run, and nobody can here. */
  leftOut: string[];
}

export function toolsOf({ tools, tool_choice: choice, parallel_tool_calls: parallel }: ResponsesRequest): Tools {
  const kept: ChatTool[] = [];
  const custom = new Set<string>();
  const leftOut: string[] = [];
  for (const [index, { type, name, description, parameters }] of (tools ?? []).entries()) {
    if (type !== "function" && type !== "custom") {
      leftOut.push(type);
      continue;
    }
    if (typeof name !== "string" || name === "") throw badField(`tools[${index}].name`, "expected a string");
    if (type === "custom") custom.add(name);
    const takes = type === "custom" ? customParameters : (parameters ?? { type: "object", properties: {} });
    kept.push({ type: "function", function: { name, ...(description ? { description } : {}), parameters: takes } });
  }
  if (kept.length === 0 && leftOut.length > 0) {
    throw badField(
      "tools",
      `${leftOut.join(", ")} run on OpenAI's servers only. Send tools of type "function", which the client runs`,
    );
  }
  if (kept.length === 0) return { fields: {}, custom, leftOut };
  const several = typeof parallel === "boolean" ? { parallel_tool_calls: parallel } : {};
  return { fields: { ...chosen(choice, kept), ...several }, custom, leftOut };
}

function chosen(choice: ResponsesRequest["tool_choice"], tools: ChatTool[]): Record<string, unknown> {
  if (choice === null || choice === undefined) return { tools };
  if (typeof choice === "string") return { tools, tool_choice: choice };
  if (choice.type === "allowed_tools") {
    const allowed = new Set(choice.tools.map(({ name }) => name));
    const kept = tools.filter((tool) => allowed.has(tool.function.name));
    if (kept.length === 0) throw badField("tool_choice.tools", "none of them is in `tools` and can be used here");
    return { tools: kept, tool_choice: choice.mode };
  }
  const { name } = choice;
  if (!tools.some((tool) => tool.function.name === name)) {
    throw badField("tool_choice.name", `no tool in \`tools\` that can be used here is called ${JSON.stringify(name)}`);
  }
  return { tools, tool_choice: { type: "function", function: { name } } };
}
