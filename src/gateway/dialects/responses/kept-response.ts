/** A response that is kept, with all items that led to it, those of earlier responses too. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { isObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Kept } from "../../kept/kept.ts";

export interface KeptResponse {
  response: JsonObject;
  items: JsonObject[];
}

/** Throws a Problem (`response_not_found`). */
export function keptResponse(kept: Kept, id: string): KeptResponse {
  const found = readKept(kept, id);
  if (found !== null) return found;
  throw new Problem("response_not_found", `Response with id '${shown(id)}' not found. ${whatIsKept}`);
}

/** What a request that follows this response goes on from. Throws a Problem (`previous_response_not_found`). */
export function historyUpTo(kept: Kept, id: string): JsonObject[] {
  const found = readKept(kept, id);
  if (found !== null) return [...found.items, ...objectsIn(found.response.output)];
  throw new Problem(
    "previous_response_not_found",
    `Previous response with id '${shown(id)}' not found. ${whatIsKept} Or send the whole conversation as \`input\`.`,
    { param: "previous_response_id" },
  );
}

/** False where it is larger than what a key may have. */
export function keepResponse(kept: Kept, { response, items }: KeptResponse): boolean {
  return typeof response.id === "string" && kept.put(response.id, { response, items });
}

function readKept(kept: Kept, id: string): KeptResponse | null {
  const found = id.startsWith("resp") ? kept.get(id) : null;
  if (found === null || !isObject(found.response)) return null;
  return { response: found.response, items: objectsIn(found.items) };
}

export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function shown(id: string): string {
  return id.slice(0, 100);
}

/** In every refusal of something that is not here: why it may not be. */
export const whatIsKept =
  "Hearth keeps a response for the key that asked, in memory and for the time of `responses.time`, where its request " +
  'says `"store": true`; `responses.store: always` in hearth.yaml keeps those of requests that do not say.';
