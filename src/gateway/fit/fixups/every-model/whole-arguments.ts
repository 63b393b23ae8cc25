import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import { objectText } from "../../../dialects/chat/tool-input.ts";
import { changed, withField } from "../../../dialects/media.ts";
import { withEach } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const call = (given: string) => ({ id: "call_1", type: "function", function: { name: "read", arguments: given } });
const messages = (given: string) => [
  { role: "user", content: "Hello" },
  { role: "assistant", content: null, tool_calls: [call(given)] },
];

export const wholeArguments: GeneralFixup = {
  name: "whole-arguments",
  about:
    "For every model: arguments of earlier calls that were cut off, as an answer's limit does it, become an object that says so, since engines parse them and refuse the conversation from then on.",
  example: {
    before: { messages: messages('{"path":"a.t') },
    after: { messages: messages('{"invalid_arguments":"{\\"path\\":\\"a.t"}') },
  },
  marks: [],
  mayChange: (_, { hasBrokenArguments }, form) => hasBrokenArguments && (form === "chat" || form === "responses"),
  apply(body, form) {
    if (form === "responses")
      return withEach(body, "input", (item) => (item.type === "function_call" ? whole(item) : item));
    return form === "chat" ? withEach(body, "messages", wholeCalls) : body;
  },
};

function wholeCalls(message: JsonObject): JsonObject {
  if (!Array.isArray(message.tool_calls)) return message;
  return withField(message, "tool_calls", changed<unknown>(message.tool_calls, inFunction));
}

function inFunction(given: unknown): unknown {
  return isObject(given) && isObject(given.function) ? withField(given, "function", whole(given.function)) : given;
}

function whole(called: JsonObject): JsonObject {
  const { arguments: text } = called;
  if (typeof text !== "string" || text.trim() === "") return called;
  const object = objectText(text);
  return object === text ? called : { ...called, arguments: object };
}
