/** `POST /api/chat`. */
import type { ChatTool } from "../chat/request.ts";
import { readRequest } from "../read-request.ts";
import type { Asked, Translation } from "../translation.ts";
import { answerOf, residenceAnswer } from "./answer.ts";
import { answerFields } from "./answer-fields.ts";
import { chatShape, type Shape } from "./answer-line.ts";
import { residenceOf } from "./keep-alive.ts";
import { chatMessages } from "./messages.ts";
import { type ChatRequest, chatRequest } from "./request.ts";

export const chat: Translation = (json) => {
  const request = readRequest(chatRequest, json);
  const messages = request.messages ?? [];
  if (messages.length === 0) return residenceOnly(chatShape, request);
  const { fields, leftOut } = toolsOf(request);
  const body = { ...answerFields(request), messages: chatMessages(messages), ...fields };
  return {
    path: "/v1/chat/completions",
    body,
    streaming: request.stream !== false,
    leftOut,
    replaced: [],
    residence: residenceOf(request.keep_alive),
    answer: (about, clock) => answerOf(chatShape, body, about, clock),
  };
};

/** Nothing is asked: the model is to be loaded, or to go. */
export function residenceOnly(shape: Shape, request: Pick<ChatRequest, "model" | "keep_alive" | "stream">): Asked {
  const residence = residenceOf(request.keep_alive);
  const { model } = request;
  return {
    path: null,
    body: model === undefined ? {} : { model },
    streaming: request.stream !== false,
    leftOut: [],
    replaced: [],
    residence,
    answer: (about, clock) => residenceAnswer(shape, residence === "stop" ? "unload" : "load", about, clock),
  };
}

function toolsOf({ tools }: ChatRequest): { fields: Record<string, unknown>; leftOut: string[] } {
  const offered: ChatTool[] = [];
  const leftOut: string[] = [];
  for (const tool of tools ?? []) {
    if (!("function" in tool)) leftOut.push(tool.type);
    else {
      const { name, description, parameters } = tool.function;
      const takes = parameters ?? { type: "object", properties: {} };
      offered.push({
        type: "function",
        function: { name, ...(description ? { description } : {}), parameters: takes },
      });
    }
  }
  return { fields: offered.length === 0 ? {} : { tools: offered }, leftOut };
}
