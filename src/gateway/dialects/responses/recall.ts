/**
 * A request that goes on from what is kept here, or whose response is to be kept. Engines are asked with the whole
 * conversation: what is kept, is kept by Hearth.
 */
import type { JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Kept } from "../../kept/kept.ts";
import { largestEntry } from "../../kept/shelf.ts";
import type { Recall } from "../recall.ts";
import { continueConversation } from "./conversation.ts";
import { keptAnswer, type Marks } from "./kept-answer.ts";
import { itemsIn, withIds } from "./kept-items.ts";
import { keepResponse, objectsIn } from "./kept-response.ts";
import { type Past, pastOf, withPast } from "./past.ts";
import { referenceType, withReferred } from "./references.ts";

/** Throws a Problem where it refers to what is not here. */
export const recallResponse: Recall = (bytes, kept) => {
  if (!mayRecall(bytes, kept)) return null;
  const came = parsed(bytes);
  const past = pastOf(came, kept);
  const body = withReferred(came, past, kept);
  const store = isToBeKept(body.store, kept);
  const refers = past.previous !== null || past.conversation !== null;
  if (!refers && !store && body === came) return null;
  return {
    body: refers || body !== came ? withPast(body, past) : null,
    answer:
      !refers && !store
        ? null
        : (inner, { id }) => {
            const marks = marksOf(past, store);
            const added = withIds(itemsIn(body.input), `${id}_in`);
            return keptAnswer(inner, body.stream === true, marks, (response) =>
              keep(kept, past, added, marks, response),
            );
          },
  };
};

/** For a route whose answers are not kept. */
export const recallPast: Recall = (bytes, kept) => {
  if (!mayRecall(bytes, { ...kept, keeping: "never" })) return null;
  const came = parsed(bytes);
  const past = pastOf(came, kept);
  const body = withReferred(came, past, kept);
  return past.previous === null && body === came ? null : { body: withPast(body, past), answer: null };
};

/** What of the marks holds in the end: it may be too large to be kept. */
function keep(kept: Kept, past: Past, added: JsonObject[], marks: Marks, response: JsonObject): Marks {
  const stored =
    marks.store && keepResponse(kept, { response: { ...response, ...marks }, items: [...past.items, ...added] });
  if (past.conversation === null) return { ...marks, store: stored };
  const said = [...added, ...objectsIn(response.output)];
  return { ...marks, store: stored, conversation: continueConversation(kept, past.conversation, said) };
}

function marksOf({ previous, conversation }: Past, store: boolean): Marks {
  return {
    store,
    previous_response_id: previous,
    ...(conversation === null ? {} : { conversation: { id: conversation } }),
  };
}

/** True too often rather than too seldom. Throws a Problem where it is too large to be read here and cannot do without. */
function mayRecall(bytes: Buffer, { keeping }: Kept): boolean {
  if (bytes.length > largestEntry) return refuseLarge(bytes);
  return (
    keeping === "always" ||
    says(bytes, "previous_response_id", /^"/) ||
    says(bytes, "conversation", /^["{]/) ||
    says(bytes, "type", isReferenceType) ||
    (keeping === "asked" && says(bytes, "store", /^true/))
  );
}

const isReferenceType = new RegExp(`^"${referenceType}"`);

/** What is larger than an entry may be is not kept. */
function refuseLarge(bytes: Buffer): false {
  const refers =
    says(bytes, "previous_response_id", /^"resp/) || says(bytes, "conversation", /^(?:\{\s?"id"\s?:\s?)?"conv/);
  if (!refers) return false;
  throw new Problem(
    "request_too_large",
    `A request that goes on from what is kept here may have ${largestEntry} bytes at most. Send the whole conversation as \`input\`.`,
  );
}

/** Whether a member of this name, at whatever depth, begins like this. */
function says(bytes: Buffer, name: string, begin: RegExp): boolean {
  const key = `"${name}"`;
  for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
    const value = /^\s{0,8}:\s{0,8}(.*)/s.exec(bytes.toString("latin1", at + key.length, at + key.length + 40))?.[1];
    if (value !== undefined && begin.test(value)) return true;
  }
  return false;
}

function isToBeKept(store: unknown, { keeping }: Kept): boolean {
  if (keeping === "never") return false;
  return store === true || (keeping === "always" && store !== false);
}

function parsed(bytes: Buffer): JsonObject {
  return JSON.parse(bytes.toString("utf8")) as JsonObject;
}
