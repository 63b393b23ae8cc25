/** `:generateContent` and the two forms of `:streamGenerateContent`, over an engine's chat route. */
import { callContext } from "../chat/call-context.ts";
import { buffered, streamed, whole } from "../chat/translate-answer.ts";
import { choicesIn } from "../chat/whole-reader.ts";
import { readRequest } from "../read-request.ts";
import type { Translation } from "../translation.ts";
import * as framings from "./framing.ts";
import { generateRequest } from "./request.ts";
import { severalCandidates, wholeResponse } from "./response.ts";
import { ResponseStream } from "./response-stream.ts";
import { toChat } from "./to-chat.ts";

export const generateContent = generating(null);
export const streamEvents = generating(framings.events);
export const streamArray = generating(framings.array);

/** `framing`: null for an answer at once. */
function generating(framing: framings.Framing | null): Translation {
  return (json) => {
    const request = readRequest(generateRequest, json);
    const thoughts = request.generationConfig?.thinkingConfig?.includeThoughts === true;
    const { body, leftOut, replaced } = toChat(request, framing !== null);
    return {
      path: "/v1/chat/completions",
      body,
      leftOut,
      replaced,
      streaming: framing !== null,
      residence: null,
      answer(about) {
        if (framing !== null) return streamed(about, body, new ResponseStream(framing, about, thoughts));
        if (body.n !== undefined) {
          const model = about.model ?? "the model";
          const context = callContext(about.id, body);
          return buffered(model, (answer) => severalCandidates(about, choicesIn(model, context, answer), thoughts));
        }
        return whole(about, body, (events) => wholeResponse(about, events, thoughts));
      },
    };
  };
}
