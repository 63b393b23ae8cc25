/** `POST /v1/responses`: OpenAI's newer words over an engine's chat route, where the engine has only that. */
import { streamed, whole } from "../chat/translate-answer.ts";
import { readRequest } from "../read-request.ts";
import type { Translation } from "../translation.ts";
import { responsesRequest } from "./request.ts";
import { ResponseStream } from "./response-stream.ts";
import { toChat } from "./to-chat.ts";
import { toolsOf } from "./tools.ts";

export const responses: Translation = (json) => {
  const request = readRequest(responsesRequest, json);
  const tools = toolsOf(request);
  const streaming = request.stream === true;
  const { body, replaced } = toChat(request, tools);
  return {
    path: "/v1/chat/completions",
    body,
    streaming,
    leftOut: tools.leftOut,
    replaced,
    ...(tools.needTranslation ? { only: true } : {}),
    residence: null,
    answer(about, clock) {
      const writer = new ResponseStream(request, tools.forms, about, clock);
      if (streaming) return streamed(about, body, writer);
      return whole(about, body, (events) => {
        for (const event of events) writer.write(event);
        writer.end();
        return writer.response();
      });
    },
  };
};
