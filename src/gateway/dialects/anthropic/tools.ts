/** Anthropic's tools and its choice among them, as OpenAI's. */
import { hostedDemanded } from "../chat/hosted-tools.ts";
import type { ChatTool } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { definedTool } from "./client-tools.ts";
import { shownTools } from "./deferred-tools.ts";
import type { CountRequest, Tool } from "./request.ts";

/** `leftOut`: tools that Anthropic's servers would run, and nobody can here. */
export function toolFields(request: Pick<CountRequest, "messages" | "tools" | "tool_choice">): {
  fields: Record<string, unknown>;
  leftOut: string[];
} {
  const { tool_choice: choice } = request;
  const kept: ChatTool[] = [];
  const leftOut: string[] = [];
  for (const [index, tool] of shownTools(request).entries()) {
    const { type, name } = tool;
    const own = definedTool(type);
    const description = tool.description ?? own?.description;
    const schema = tool.input_schema ?? own?.parameters ?? (isPlain(tool) ? { type: "object", properties: {} } : null);
    if (schema === null) leftOut.push(type ?? name ?? `tools[${index}]`);
    else if (typeof name !== "string" || name === "") throw badField(`tools[${index}].name`, "expected a string");
    else {
      const described = typeof description === "string" ? { description } : {};
      kept.push({ type: "function", function: { name, ...described, parameters: schema } });
    }
  }
  if (kept.length > 0) return { fields: { tools: kept, ...choiceFields(choice, kept) }, leftOut };
  if (leftOut.length > 0 && (choice?.type === "any" || choice?.type === "tool")) {
    throw hostedDemanded("tool_choice", leftOut, "Anthropic", "a tool with an `input_schema`");
  }
  return { fields: {}, leftOut };
}

/** One that the client runs, of which nothing else is said. */
function isPlain({ type, name }: Tool): boolean {
  return (type === null || type === undefined || type === "custom") && typeof name === "string";
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
