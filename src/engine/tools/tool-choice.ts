/** The tools of a request, and whether the model may, must or must not call one. */
import { z } from "zod";
import { badField } from "../http/api-error.ts";
import type { Tool } from "./format.ts";

const longestName = 256;

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string().min(1).max(longestName),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
});

export const toolFields = {
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
};

type ToolFields = z.output<z.ZodObject<typeof toolFields>>;

export interface ToolUse {
  /** All that the model is told about. */
  tools: Tool[];
  /** Those that it may call, each with the field that a fault in its schema is reported under. */
  callable: { tool: Tool; field: string }[];
  /** The answer consists of calls. Otherwise the model decides. */
  forced: boolean;
  several: boolean;
}

/** Null: the request has no tools, or forbids them. */
export function toolUseOf({ tools, tool_choice: choice, parallel_tool_calls: parallel }: ToolFields): ToolUse | null {
  const wanted = typeof choice === "object" && choice !== null ? choice.function.name : null;
  const all = (tools ?? []).map(({ function: { name, description, parameters } }, index) => ({
    tool: { name, description: description ?? "", parameters: parameters ?? { type: "object", properties: {} } },
    field: `tools[${index}].function.parameters`,
  }));
  if (choice === "none") return null;
  const callable = wanted === null ? all : all.filter((one) => one.tool.name === wanted);
  if (callable.length === 0 && wanted !== null) {
    throw badField("tool_choice.function.name", `no tool in \`tools\` is called ${JSON.stringify(wanted)}.`);
  }
  if (callable.length === 0 && choice === "required") throw badField("tools", "tool_choice needs at least one tool.");
  if (callable.length === 0) return null;
  const forced = wanted !== null || choice === "required";
  return { tools: all.map((one) => one.tool), callable, forced, several: wanted === null && parallel !== false };
}
