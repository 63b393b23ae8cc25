/** A list of items as OpenAI's API has it, page by page. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { Problem } from "../../../domain/problem.ts";

const usualPage = 20;
const longestPage = 100;

/** `query`: `order` (`desc`, the newest first, unless it says `asc`), `after` and `limit`. Throws a Problem (`invalid_request`). */
export function itemList(items: JsonObject[], query: URLSearchParams): JsonObject {
  const ordered = orderIn(query) === "asc" ? items : items.toReversed();
  const after = query.get("after");
  const start = after === null ? 0 : placeOf(ordered, after) + 1;
  const limit = limitIn(query);
  const data = ordered.slice(start, start + limit);
  return {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < ordered.length,
  };
}

function orderIn(query: URLSearchParams): "asc" | "desc" {
  const order = query.get("order") ?? "desc";
  if (order === "asc" || order === "desc") return order;
  throw new Problem("invalid_request", 'order: expected "asc" or "desc"', { param: "order" });
}

function limitIn(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? usualPage);
  if (Number.isInteger(limit) && limit >= 1 && limit <= longestPage) return limit;
  throw new Problem("invalid_request", `limit: expected a whole number from 1 to ${longestPage}`, { param: "limit" });
}

function placeOf(items: JsonObject[], id: string): number {
  const place = items.findIndex((item) => item.id === id);
  if (place >= 0) return place;
  throw new Problem("invalid_request", "after: there is no such item in the list", { param: "after" });
}
