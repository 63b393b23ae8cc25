/** The corrections of answers that a model has chosen, one after the other. */
import type { FixupName } from "../../../../domain/fixup-name.ts";
import { isObject } from "../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../dialects/translation.ts";
import type { ChatBody } from "../fixup.ts";
import { listIn } from "./answer-json.ts";
import { calledAnswer, callsFromText } from "./calls-from-text.ts";
import { decodeArguments, decodedAnswer } from "./decode-arguments.ts";

/** Null where no answer to this request is to be corrected: it calls no tools. */
export function answerCorrection(
  names: readonly FixupName[],
  request: ChatBody,
  streaming: boolean,
  changed: (name: FixupName) => void,
): ((id: string) => AnswerTranslation) | null {
  const tools = new Set(
    listIn(request, "tools").flatMap(({ function: tool }) => (isObject(tool) ? [String(tool.name)] : [])),
  );
  const decodes = names.includes(decodeArguments.name);
  const calls = names.includes(callsFromText.name) && request.tool_choice !== "none";
  if (tools.size === 0 || (!decodes && !calls)) return null;
  return (id) => {
    const called = () => calledAnswer(streaming, tools, `call_${id}`, () => changed(callsFromText.name));
    const decoded = () => decodedAnswer(streaming, () => changed(decodeArguments.name));
    if (decodes && calls) return chained(decoded(), called());
    return decodes ? decoded() : called();
  };
}

function chained(first: AnswerTranslation, second: AnswerTranslation): AnswerTranslation {
  const through = (told: Buffer | string) => (told.length === 0 ? "" : String(second.push(Buffer.from(told))));
  return {
    contentType: second.contentType,
    push: (chunk) => through(first.push(chunk)),
    end: () => through(first.end()) + String(second.end()),
  };
}
