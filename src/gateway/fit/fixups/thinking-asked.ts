/** Whether a request asks its model to think, in the words of each API, and the switch of the model's own template. */
import { isObject, type JsonObject } from "../../../domain/json-object.ts";
import type { ConversationForm } from "./fixup.ts";

/** Templates call their switch by one of these names. */
const switches = ["enable_thinking", "thinking"] as const;

/** The ways in which a chat's clients ask. */
export const chatWays = ["enable_thinking", "thinking", "reasoning_effort", "reasoningEffort", "reasoning"] as const;

/** Null where nothing is asked for, or nothing that can be understood. */
export function thinkingAsked(body: JsonObject, form: ConversationForm): boolean | null {
  switch (form) {
    case "chat":
      return firstMeaning(chatWays.map((name) => body[name]));
    case "responses":
      return meaning(body.reasoning);
    case "messages":
      // Who does not ask for thinking gets none, in Anthropic's API.
      return meaning(body.thinking) ?? false;
  }
}

/** The body with the template's switch where it belongs; the same where the request turns it itself. */
export function withSwitch(body: JsonObject, on: boolean): JsonObject {
  const kwargs = body.chat_template_kwargs ?? {};
  if (!isObject(kwargs) || switches.some((name) => Object.hasOwn(kwargs, name))) return body;
  return { ...body, chat_template_kwargs: { ...kwargs, enable_thinking: on, thinking: on } };
}

const off = new Set(["none", "off", "disabled", "minimal"]);
const on = new Set(["low", "medium", "high", "xhigh", "max", "on", "enabled", "adaptive"]);

function firstMeaning(values: unknown[]): boolean | null {
  return values.map(meaning).find((asked) => asked !== null) ?? null;
}

function meaning(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return off.has(value) ? false : on.has(value) ? true : null;
  if (!isObject(value)) return null;
  const { enabled, type, effort } = value;
  if (typeof enabled === "boolean") return enabled;
  return typeof effort === "string" ? meaning(effort) : typeof type === "string" ? meaning(type) : null;
}
