/** What becomes of an engine's answer before its client reads it. */
import type { ModelView } from "../../../../link/link.ts";
import { callContext } from "../../../dialects/chat/call-context.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import type { EngineCall } from "../../call.ts";
import type { Draft } from "../../draft.ts";
import { answerCorrection, chained } from "./correct-answer.ts";
import { mendCalls, mendedAnswer } from "./mend-calls.ts";
import { nativeAnswer } from "./native/native-answer.ts";
import { thoughtsTold, thoughtsTwice } from "./thoughts-twice.ts";

/**
 * Null where `call` stays as it is. Whatever its engine is said to be, an answer with calls is looked at: engines of one
 * name differ by release and by parser. That costs a search for one word, as a look for thoughts does; translations do
 * both themselves.
 */
export function correctedAnswer(
  model: Pick<ModelView, "fixups" | "capabilities">,
  call: EngineCall,
  draft: Pick<Draft, "form" | "json">,
  streaming: boolean,
  changed: (name: string) => void,
): EngineCall["answer"] {
  const { form } = draft;
  if (form === "chat") return correctedChat(model, call, draft, streaming, changed);
  if (form === null || form === "text" || !offersTools(call)) return null;
  return ({ id }) => nativeAnswer(form, () => draft.json, model.fixups, streaming, id, changed);
}

function offersTools({ body }: EngineCall): boolean {
  return body.bytes.includes('"tools"');
}

function correctedChat(
  { fixups, capabilities }: Pick<ModelView, "fixups" | "capabilities">,
  call: EngineCall,
  draft: Pick<Draft, "json">,
  streaming: boolean,
  changed: (name: string) => void,
): EngineCall["answer"] {
  const { answer } = call;
  const hasTools = offersTools(call);
  const correct = hasTools ? answerCorrection(fixups, () => draft.json, streaming, changed) : null;
  if (answer !== null) {
    return correct === null ? null : (about, clock) => chained(correct(about.id), answer(about, clock));
  }
  const thinks = capabilities.includes("reasoning");
  if (!hasTools && !thinks) return null;
  const mended = (id: string): AnswerTranslation => {
    const context = () => callContext(id, draft.json);
    return mendedAnswer(streaming, context, () => changed(mendCalls.name));
  };
  const thoughts = () => thoughtsTold(streaming, () => changed(thoughtsTwice.name));
  return ({ id }) => {
    const told = [
      ...(correct === null ? [] : [correct(id)]),
      ...(hasTools ? [mended(id)] : []),
      ...(thinks ? [thoughts()] : []),
    ];
    return told.reduce(chained);
  };
}
