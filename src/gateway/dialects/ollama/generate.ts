/** `POST /api/generate`: one prompt, through the model's chat template, or past it where the client says `raw`. */
import type { ChatMessage } from "../chat/request.ts";
import { readRequest } from "../read-request.ts";
import type { Translation } from "../translation.ts";
import { answerOf } from "./answer.ts";
import { answerFields } from "./answer-fields.ts";
import { generateShape } from "./answer-line.ts";
import { residenceOnly } from "./chat.ts";
import { residenceOf } from "./keep-alive.ts";
import { userContent } from "./messages.ts";
import { type GenerateRequest, generateRequest } from "./request.ts";

export const generate: Translation = (json) => {
  const request = readRequest(generateRequest, json);
  const prompt = request.prompt ?? "";
  if (prompt === "") return residenceOnly(generateShape, request);
  const isText = request.raw === true || Boolean(request.suffix);
  const asked = isText ? asText(request, prompt) : asChat(request, prompt);
  return {
    ...asked,
    streaming: request.stream !== false,
    // A text completion tells of them in a form of its own.
    leftOut: isText && request.logprobs === true ? ["logprobs"] : [],
    replaced: [],
    residence: residenceOf(request.keep_alive),
    answer: (about, clock) => answerOf(generateShape, asked.body, about, clock),
  };
};

function asText(request: GenerateRequest, prompt: string): { path: string; body: Record<string, unknown> } {
  const suffix = request.suffix ? { suffix: request.suffix } : {};
  return { path: "/v1/completions", body: { ...answerFields({ ...request, logprobs: null }), prompt, ...suffix } };
}

function asChat(request: GenerateRequest, prompt: string): { path: string; body: Record<string, unknown> } {
  const system: ChatMessage[] = request.system ? [{ role: "system", content: request.system }] : [];
  const user: ChatMessage = { role: "user", content: userContent({ content: prompt, images: request.images }) };
  return { path: "/v1/chat/completions", body: { ...answerFields(request), messages: [...system, user] } };
}
