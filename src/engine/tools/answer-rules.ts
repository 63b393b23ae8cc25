/** From which token on a grammar holds. */
import type { Grammar } from "../language-model.ts";
import { callStart } from "./format.ts";

export interface AnswerRules {
  /** Asked before every token. */
  grammar: () => Grammar | null;
  /** Told every piece of the answer. */
  onText: (text: string) => void;
}

export function fromStart(grammar: Grammar | null): AnswerRules {
  return { grammar: () => grammar, onText: () => {} };
}

/** From the end of a `<tool_call>` that the model wrote by itself. */
export function fromOpening(grammar: Grammar): AnswerRules {
  let seen = "";
  let opened = false;
  return {
    grammar: () => (opened ? grammar : null),
    onText: (text) => {
      if (opened) return;
      // Text behind the opening that came with the same token is unknown to the grammar: then the model stays free.
      seen = (seen + text).slice(-2 * callStart.length);
      const start = seen.indexOf(callStart);
      opened = start >= 0 && seen.slice(start + callStart.length).trim() === "";
    },
  };
}
