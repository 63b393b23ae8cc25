/** A list of models as Anthropic's API has it, page by page. */

import type { Capability } from "../../../domain/model.ts";
import { Problem } from "../../../domain/problem.ts";
import type { ListedModel } from "../../models/listed-models.ts";

/** `since`: seconds since the epoch; it has no better meaning here than the server's start. */
export function modelEntry({ id, context, capabilities }: ListedModel, since: number): Record<string, unknown> {
  const can = (capability: Capability) => ({ supported: capabilities.includes(capability) });
  return {
    type: "model",
    id,
    display_name: id,
    created_at: new Date(since * 1000).toISOString(),
    max_input_tokens: context,
    max_tokens: context,
    capabilities: {
      image_input: can("vision"),
      structured_outputs: can("json"),
      thinking: can("reasoning"),
    },
  };
}

/** Anthropic's bounds of a page. */
const usualPage = 20;
const longestPage = 1000;

/**
 * `query`: `limit`, and `after_id` or `before_id`, an entry that the page follows or precedes. Without any of them all
 * models come: there are few, and who wants the first twenty says so. Throws a Problem (`invalid_request`).
 */
export function modelPage(models: ListedModel[], query: URLSearchParams, since: number): Record<string, unknown> {
  const after = query.get("after_id");
  const before = query.get("before_id");
  const whole = !query.has("limit") && after === null && before === null;
  const limit = whole ? models.length : limitIn(query);
  const from = after === null ? 0 : placeOf(models, after) + 1;
  const until = before === null ? models.length : placeOf(models, before);
  const range = models.slice(from, until);
  const page = before !== null && after === null ? range.slice(-limit) : range.slice(0, limit);
  return {
    data: page.map((model) => modelEntry(model, since)),
    has_more: page.length < range.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

function limitIn(query: URLSearchParams): number {
  const given = query.get("limit");
  if (given === null) return usualPage;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= longestPage) return limit;
  throw new Problem("invalid_request", `limit: expected a whole number from 1 to ${longestPage}`, { param: "limit" });
}

/** An entry that is gone is no reason to begin anew. */
function placeOf(models: ListedModel[], id: string): number {
  const place = models.findIndex((model) => model.id === id);
  if (place >= 0) return place;
  throw new Problem(
    "invalid_request",
    `There is no model "${id.slice(0, 200)}" in the list. Ask for it from its start.`,
  );
}
