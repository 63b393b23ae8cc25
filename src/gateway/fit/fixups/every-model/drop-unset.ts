import type { JsonObject } from "../../../../domain/json-object.ts";
import type { BodyFields } from "../../../body/scan.ts";
import { withEach, without } from "../message.ts";
import type { GeneralFixup } from "./general-fixup.ts";

const hello = [{ role: "user", content: "Hello" }];

export const dropUnset: GeneralFixup = {
  name: "drop-unset",
  about:
    "For every model: what says that nothing is set is left out, as strict engines refuse it: fields that are `null`, an empty list of tools or of calls, a choice among tools where there are none, `stream_options` of an answer that is not streamed.",
  example: {
    before: { messages: hello, tools: [], tool_choice: "auto", stream_options: { include_usage: true }, stop: null },
    after: { messages: hello },
  },
  marks: [],
  mayChange({ fields: { json } }, { hasNull, hasEmptyCalls }, form) {
    if (json === null) return false;
    return saysNothing(json) || (form === "chat" && (hasNull || hasEmptyCalls));
  },
  apply(body, form) {
    const set = without(without(body, nullsIn(body)), idle(body));
    return form === "chat" ? withEach(set, "messages", tidy) : set;
  },
};

/** Of the body's own members. */
function saysNothing({ hasNull, tools, hasToolChoice, hasStreamOptions, stream }: BodyFields): boolean {
  return hasNull || tools === "empty" || (hasToolChoice && tools === "none") || (hasStreamOptions && !stream);
}

function nullsIn(object: JsonObject): string[] {
  return Object.keys(object).filter((name) => object[name] === null);
}

/** Members that mean nothing without another. */
function idle({ tools, stream }: JsonObject): string[] {
  const hasNone = (tools ?? null) === null || (Array.isArray(tools) && tools.length === 0);
  return [
    ...(hasNone ? ["tools", "tool_choice", "parallel_tool_calls"] : []),
    ...(stream === true ? [] : ["stream_options"]),
  ];
}

/** Clients send back what an SDK gave them, with all the fields that nobody filled. */
function tidy(message: JsonObject): JsonObject {
  const { tool_calls: calls } = message;
  const nulls = nullsIn(message).filter((name) => name !== "content");
  return without(message, [...nulls, ...(Array.isArray(calls) && calls.length === 0 ? ["tool_calls"] : [])]);
}
