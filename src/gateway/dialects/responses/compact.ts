/** `POST /v1/responses/compact`: the model sums up a conversation, so that it can go on in a smaller window. */
import { z } from "zod";
import type { JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import { type ChatEvent, noUsage } from "../chat/events.ts";
import { given } from "../chat/given.ts";
import { whole } from "../chat/translate-answer.ts";
import { readRequest } from "../read-request.ts";
import type { About, Clock, Translation } from "../translation.ts";
import { compactionItem } from "./compaction.ts";
import { itemsIn, withIds } from "./kept-items.ts";
import { chatMessages } from "./messages.ts";
import { responsesRequest } from "./request.ts";
import { usageObject } from "./response-object.ts";

const compactRequest = responsesRequest.pick({ model: true, instructions: true }).extend({
  input: responsesRequest.shape.input.nullish(),
  previous_response_id: z.null("expected the id of a response").optional(),
});

const wish =
  "Sum up our conversation so far, for yourself: you will go on from the summary alone. Say what was asked for, what was " +
  "decided and done, what is open, and every name, path, figure and quote that will be needed. Write the summary and " +
  "nothing else.";

export const compact: Translation = (json) => {
  const request = readRequest(compactRequest, json);
  const input = request.input ?? [];
  const { messages, replaced } = chatMessages({ instructions: request.instructions, input });
  const body = { ...given({ model: request.model }), messages: [...messages, { role: "user", content: wish }] };
  return {
    path: "/v1/chat/completions",
    body,
    streaming: false,
    leftOut: [],
    replaced,
    residence: null,
    answer: (about, clock) => whole(about, body, (events) => compacted(about, clock, itemsIn(input), events)),
  };
};

/** The answer repeats the user's newest words; of any other request it is the same. */
export function compactOutline(json: JsonObject): JsonObject {
  const { model, input } = readRequest(compactRequest, json);
  return { ...given({ model }), input: newestOfUser(itemsIn(input ?? [])) };
}

/** Throws a Problem where the model wrote nothing. */
function compacted({ id }: About, { receivedAt }: Clock, items: JsonObject[], events: ChatEvent[]): JsonObject {
  const summary = events.map((event) => (event.kind === "text" ? event.text : "")).join("");
  if (summary.trim() === "") throw new Problem("engine_failed", "The model wrote no summary. Ask again.");
  const usage = events.findLast((event) => event.kind === "usage")?.usage ?? noUsage;
  return {
    id: `resp_${id}`,
    object: "response.compaction",
    created_at: Math.floor(receivedAt / 1000),
    output: [...withIds(newestOfUser(items), `${id}_in`), compactionItem(`cmp_${id}`, summary)],
    usage: usageObject(usage),
  };
}

/** Characters of JSON: about 20,000 tokens, as OpenAI keeps. */
const mostKept = 80_000;

/** The user's own words, as far back as there is room for. */
function newestOfUser(items: JsonObject[]): JsonObject[] {
  const said = items.filter(({ type, role }) => type === "message" && role === "user");
  let room = mostKept;
  let from = said.length;
  for (const item of said.toReversed()) {
    room -= JSON.stringify(item).length;
    if (room < 0) break;
    from -= 1;
  }
  return said.slice(from);
}
