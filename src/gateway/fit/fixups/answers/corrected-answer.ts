/** What becomes of an engine's answer to a chat before its client reads it. */
import type { FixupName } from "../../../../domain/fixup-name.ts";
import { callContext } from "../../../dialects/chat/call-context.ts";
import type { EngineCall } from "../../call.ts";
import type { Draft } from "../../draft.ts";
import { answerCorrection, chained } from "./correct-answer.ts";
import { mendCalls, mendedAnswer } from "./mend-calls.ts";

/**
 * Null where `call` stays as it is. Whatever its engine is said to be, an answer with calls is looked at: engines of one
 * name differ by release and by parser. That costs a search for one word; translations put calls together themselves.
 */
export function correctedAnswer(
  names: readonly FixupName[],
  { body, answer }: EngineCall,
  draft: Draft,
  streaming: boolean,
  changed: (name: string) => void,
): EngineCall["answer"] {
  if (!body.bytes.includes('"tools"')) return null;
  const correct = answerCorrection(names, () => draft.json, streaming, changed);
  const told =
    answer ??
    (({ id }) => {
      return mendedAnswer(
        streaming,
        () => callContext(id, draft.json),
        () => changed(mendCalls.name),
      );
    });
  if (correct === null) return answer === null ? told : null;
  return (about, clock) => chained(correct(about.id), told(about, clock));
}
