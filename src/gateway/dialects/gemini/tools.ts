/** Gemini's functions and the choice among them, as OpenAI's tools. */
import { hostedDemanded } from "../chat/hosted-tools.ts";
import type { ChatTool } from "../chat/request.ts";
import { badField } from "../read-request.ts";
import { jsonSchema } from "./json-schema.ts";
import type { CountRequest, Declaration } from "./request.ts";

/** `leftOut`: tools that Google's servers would run, and nobody can here. Throws a Problem (`invalid_request`). */
export function toolFields({ tools, toolConfig }: Pick<CountRequest, "tools" | "toolConfig">): {
  fields: Record<string, unknown>;
  leftOut: string[];
} {
  const all = (tools ?? []).flatMap(({ functionDeclarations }) => functionDeclarations ?? []).map(chatTool);
  const leftOut = (tools ?? []).flatMap(({ functionDeclarations: _, ...served }) => Object.keys(served));
  const { mode, allowedFunctionNames: names } = toolConfig?.functionCallingConfig ?? {};
  const allowed = names?.length ? all.filter(({ function: { name } }) => names.includes(name)) : all;
  const unknown = names?.find((name) => !all.some((tool) => tool.function.name === name));
  if (unknown !== undefined) {
    throw badField(
      "toolConfig.functionCallingConfig.allowedFunctionNames",
      `no function in \`tools\` is called ${JSON.stringify(unknown)}`,
    );
  }
  if (mode === "ANY" && allowed.length === 0 && leftOut.length > 0) {
    throw hostedDemanded("toolConfig.functionCallingConfig.mode", leftOut, "Google", "`functionDeclarations`");
  }
  return { fields: allowed.length === 0 ? {} : { tools: allowed, ...choice(mode, allowed, names ?? []) }, leftOut };
}

function chatTool({ name, description, parameters, parametersJsonSchema }: Declaration): ChatTool {
  const schema = parametersJsonSchema ?? (parameters ? jsonSchema(parameters) : { type: "object", properties: {} });
  return { type: "function", function: { name, ...(description ? { description } : {}), parameters: schema } };
}

/** `VALIDATED` promises what engines do anyway: that a call fits its schema. */
function choice(mode: string | null | undefined, tools: ChatTool[], names: string[]): Record<string, unknown> {
  switch (mode) {
    case "ANY":
      if (names.length === 1) return { tool_choice: { type: "function", function: { name: tools[0]!.function.name } } };
      return { tool_choice: "required" };
    case "NONE":
      return { tool_choice: "none" };
    case "AUTO":
    case "VALIDATED":
      return { tool_choice: "auto" };
    default:
      return {};
  }
}
