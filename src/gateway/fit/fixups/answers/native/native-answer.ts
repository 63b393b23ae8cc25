/** The answer of an engine that was asked in the client's own words, corrected in them. */
import type { FixupName } from "../../../../../domain/fixup-name.ts";
import { isObject, type JsonObject } from "../../../../../domain/json-object.ts";
import type { AnswerTranslation } from "../../../../dialects/translation.ts";
import { parsed } from "../answer-json.ts";
import { callsFromText } from "../calls-from-text.ts";
import { wholeAnswer } from "../event-answer.ts";
import { CorrectedMessages } from "./messages-stream.ts";
import { correctedMessage } from "./messages-whole.ts";
import { NativeCorrections } from "./native-corrections.ts";
import { type NativeForm, nativeRequest } from "./native-request.ts";
import { CorrectedResponses } from "./responses-stream.ts";
import { correctedResponse } from "./responses-whole.ts";

interface Words {
  stream: new (corrections: NativeCorrections) => AnswerTranslation;
  whole(answer: JsonObject, corrections: NativeCorrections): JsonObject;
}

const words: Record<NativeForm, Words> = {
  messages: { stream: CorrectedMessages, whole: correctedMessage },
  responses: { stream: CorrectedResponses, whole: correctedResponse },
};

/** `asked`: the request as the engine gets it, called only where it is needed. `id`: the request's. `changed` is called once for each fixup. */
export function nativeAnswer(
  form: NativeForm,
  asked: () => JsonObject,
  fixups: readonly FixupName[],
  streaming: boolean,
  id: string,
  changed: (name: string) => void,
): AnswerTranslation {
  const readsText = fixups.includes(callsFromText.name);
  const corrections = new NativeCorrections(() => nativeRequest(form, asked(), id), readsText, changed);
  const { stream: Stream, whole } = words[form];
  if (streaming) return new Stream(corrections);
  return wholeAnswer((text) => {
    const answer = parsed(text);
    const corrected = isObject(answer) ? whole(answer, corrections) : answer;
    return corrected === answer ? text : JSON.stringify(corrected);
  });
}
