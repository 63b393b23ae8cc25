/** A custom tool takes free text. Engines know functions alone: it becomes one with a single argument. */
import { toolInput } from "../chat/tool-input.ts";

export const customParameters = {
  type: "object",
  properties: { input: { type: "string" } },
  required: ["input"],
} as const;

export function customArguments(input: string): string {
  return JSON.stringify({ input });
}

/** The text that a model meant; a model that forgets the argument's name means all of it. */
export function customInput(text: string): string {
  const { value } = toolInput(text);
  return typeof value.input === "string" ? value.input : text;
}
