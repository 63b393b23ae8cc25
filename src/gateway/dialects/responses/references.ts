/**
 * Items of a request that only name another one (`item_reference`), which clients send where they take what they said
 * for stored. What is kept here takes their place; what is not stays a reference, and becomes a sentence where the
 * request is translated: it never ends a conversation.
 */
import type { JsonObject } from "../../../domain/json-object.ts";
import type { Kept } from "../../kept/kept.ts";
import { objectsIn } from "./kept-response.ts";
import type { Past } from "./past.ts";

export const referenceType = "item_reference";

/** References to what is nowhere are looked for so often, and no more. */
const mostMisses = 4;

/** The very same body where nothing is found. */
export function withReferred(body: JsonObject, past: Past, kept: Kept): JsonObject {
  const { input } = body;
  if (!Array.isArray(input) || !objectsIn(input).some(isReference)) return body;
  const before = new Set(past.items.map(({ id }) => id));
  const shelf = new Referred(kept);
  const items = input.flatMap((item: JsonObject) => {
    if (!isReference(item)) return [item];
    // It stands in the conversation already.
    if (before.has(item.id)) return [];
    return [shelf.item(item.id) ?? item];
  });
  return items.length === input.length && items.every((item, at) => item === input[at])
    ? body
    : { ...body, input: items };
}

function isReference(item: JsonObject): item is JsonObject & { id: string } {
  return item?.type === referenceType && typeof item.id === "string";
}

/** Items that are kept, by id: an entry has all items that led to it, so one look mostly finds a whole conversation's. */
class Referred {
  readonly #kept: Kept;
  readonly #items = new Map<unknown, JsonObject>();
  #misses = 0;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  item(id: string): JsonObject | null {
    if (!this.#items.has(id) && this.#misses < mostMisses) this.#look(id);
    return this.#items.get(id) ?? null;
  }

  #look(id: string): void {
    const found = this.#kept.find(`"id":${JSON.stringify(id)}`);
    const response = found?.response as JsonObject | undefined;
    for (const item of [...objectsIn(found?.items), ...objectsIn(response?.output)]) this.#items.set(item.id, item);
    if (!this.#items.has(id)) this.#misses += 1;
  }
}
