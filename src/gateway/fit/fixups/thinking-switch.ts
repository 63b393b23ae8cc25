import { isObject } from "../../../domain/json-object.ts";
import type { ChatBody, RequestFixup } from "./fixup.ts";
import { without } from "./message.ts";

const user = [{ role: "user", content: "Why is the sky blue?" }];

export const thinkingSwitch: RequestFixup = {
  name: "thinking-switch",
  about:
    "For templates that think or do not: `reasoning_effort`, `reasoning.effort`, `thinking` and `enable_thinking` of the request become `chat_template_kwargs.enable_thinking`. What the request says there itself wins.",
  example: {
    before: { messages: user, reasoning_effort: "high" },
    after: { messages: user, chat_template_kwargs: { enable_thinking: true, thinking: true } },
  },
  apply(body) {
    const kwargs = body.chat_template_kwargs ?? {};
    if (!isObject(kwargs)) return body;
    const asked = askedFor(body);
    const rest = without(body, ways);
    if (asked === null || switches.some((name) => Object.hasOwn(kwargs, name))) return rest;
    return { ...rest, chat_template_kwargs: { ...kwargs, enable_thinking: asked, thinking: asked } };
  },
};

/** Templates call their switch by one of these names. */
export const switches = ["enable_thinking", "thinking"] as const;

/** The ways in which clients ask. */
export const ways = ["enable_thinking", "thinking", "reasoning_effort", "reasoningEffort", "reasoning"] as const;

const off = new Set(["none", "off", "disabled", "minimal"]);
const on = new Set(["low", "medium", "high", "xhigh", "max", "on", "enabled", "adaptive"]);

/** Null where nothing is asked for, or nothing that can be understood. */
export function askedFor(body: ChatBody): boolean | null {
  for (const name of ways) {
    const asked = meaning(body[name]);
    if (asked !== null) return asked;
  }
  return null;
}

function meaning(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return off.has(value) ? false : on.has(value) ? true : null;
  if (!isObject(value)) return null;
  const { enabled, type, effort } = value;
  if (typeof enabled === "boolean") return enabled;
  return typeof effort === "string" ? meaning(effort) : typeof type === "string" ? meaning(type) : null;
}
