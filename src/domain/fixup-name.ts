/** Corrections that a model's requests, or its answers, may need. The catalog says which; the gateway says how. */
export const fixupNames = [
  /** Tools are left out, and what the conversation says of them is told in words: the model cannot call any. */
  "strip-tools",
  /** One sentence tells the model to call a tool only where it must: left alone it calls one for everything. */
  "calm-tools",
  /** Text parts are joined to one string: the template takes nothing else. */
  "flatten-text",
  /** A message without content gets a placeholder: the template breaks on it. */
  "fill-empty",
  /** Turns must alternate between user and assistant, the system text in the first. */
  "alternate-roles",
  /** `tool_choice: required` until a tool has answered: left alone, the model describes calls instead of making them. */
  "force-tool-choice",
  /** `tool_choice` is never more than `auto`: the grammar that holds the model to a call breaks its engine. */
  "relax-tool-choice",
  /** The ways in which clients ask for effort become the template's switch. */
  "thinking-switch",
  /** Thinking is off unless it is asked for: it would eat the answer's budget. */
  "thinking-off",
  /** Arguments of calls that the model encoded twice, or not at all, become the JSON text that clients expect. */
  "decode-arguments",
  /** Text that is nothing but calls becomes those calls: the engine's parser misses them. */
  "calls-from-text",
] as const;

export type FixupName = (typeof fixupNames)[number];
