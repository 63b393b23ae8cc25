/** `POST /v1/messages`: Anthropic's words over an engine's chat route. */
import { estimateTokens } from "../chat/token-estimate.ts";
import { streamed, whole } from "../chat/translate-answer.ts";
import { readRequest } from "../read-request.ts";
import type { Translation } from "../translation.ts";
import { messageOf } from "./message.ts";
import { MessageStream } from "./message-stream.ts";
import { messagesRequest } from "./request.ts";
import { showsThinking } from "./thinking.ts";
import { toChat } from "./to-chat.ts";

export const messages: Translation = (json) => {
  const request = readRequest(messagesRequest, json);
  const { body, messages: said, leftOut, replaced } = toChat(request);
  const estimate = () => estimateTokens(said, body.tools);
  const thinking = showsThinking(request);
  const streaming = request.stream === true;
  return {
    path: "/v1/chat/completions",
    body,
    streaming,
    leftOut,
    replaced,
    residence: null,
    answer: (about) =>
      streaming
        ? streamed(about, body, new MessageStream(about, thinking, estimate))
        : whole(about, body, (events) => messageOf(about, events, thinking)),
  };
};
