/** The corrections of answers that a model has chosen, one after the other. */
import type { FixupName } from "../../../../domain/fixup-name.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import type { ChatBody } from "../fixup.ts";
import { calledAnswer, callsFromText, toolSchemas } from "./calls-from-text.ts";
import { decodeArguments, decodedAnswer } from "./decode-arguments.ts";

/** Null where no answer to this request is to be corrected: it calls no tools. `asked`: called only where it is needed. */
export function answerCorrection(
  names: readonly FixupName[],
  asked: () => ChatBody,
  streaming: boolean,
  changed: (name: FixupName) => void,
): ((id: string) => AnswerTranslation) | null {
  const decodes = names.includes(decodeArguments.name);
  if (!decodes && !names.includes(callsFromText.name)) return null;
  const request = asked();
  const tools = toolSchemas(request.tools);
  const calls = names.includes(callsFromText.name) && request.tool_choice !== "none";
  if (tools.size === 0 || (!decodes && !calls)) return null;
  return (id) => {
    const called = () => calledAnswer(streaming, tools, `call_${id}`, () => changed(callsFromText.name));
    const decoded = () => decodedAnswer(streaming, () => changed(decodeArguments.name));
    if (decodes && calls) return chained(decoded(), called());
    return decodes ? decoded() : called();
  };
}

/** What the first tells is what the second is given. */
export function chained(first: AnswerTranslation, second: AnswerTranslation): AnswerTranslation {
  const through = (told: Buffer | string) => (told.length === 0 ? "" : String(second.push(Buffer.from(told))));
  return {
    contentType: second.contentType,
    push: (chunk) => through(first.push(chunk)),
    ...(second.think === undefined ? {} : { think: second.think }),
    whole: () => second.whole?.() === true,
    end: () => through(first.end()) + String(second.end()),
  };
}
