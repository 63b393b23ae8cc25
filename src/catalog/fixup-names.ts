/** Corrections that a model's requests may need. The catalog says which; the gateway says how. */
export const fixupNames = [
  /** Text parts are joined to one string: the template takes nothing else. */
  "flatten-text",
  /** Turns must alternate between user and assistant, the system text in the first. */
  "alternate-roles",
  /** Tools are left out: the model cannot call any. */
  "strip-tools",
  /** `tool_choice: required` until a tool has answered: left alone, the model describes calls instead of making them. */
  "force-tool-choice",
  /** Thinking is off unless it is asked for: it would eat the answer's budget. */
  "thinking-off",
  /** The ways in which clients ask for effort become the template's switch. */
  "thinking-switch",
] as const;

export type FixupName = (typeof fixupNames)[number];
