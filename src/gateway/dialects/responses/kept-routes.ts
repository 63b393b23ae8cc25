/** Routes for responses that are kept. */
import { Problem } from "../../../domain/problem.ts";
import type { LocalRoute } from "../api.ts";
import { itemList } from "./item-list.ts";
import { keptResponse } from "./kept-response.ts";

export const keptRoutes: LocalRoute[] = [
  {
    method: "GET",
    path: "/v1/responses/{id}",
    what: "a response that was kept",
    answer({ named, query }, { kept }) {
      const { response } = keptResponse(kept, named);
      if (query.get("stream") !== "true") return response;
      throw new Problem("invalid_request", "stream: what was kept comes at once. Leave `stream` out.", {
        param: "stream",
      });
    },
  },
  {
    method: "DELETE",
    path: "/v1/responses/{id}",
    what: "throws it away",
    answer({ named }, { kept }) {
      keptResponse(kept, named);
      kept.delete(named);
      return { id: named, object: "response", deleted: true };
    },
  },
  {
    method: "GET",
    path: "/v1/responses/{id}/input_items",
    what: "all items that led to it, page by page",
    answer: ({ named, query }, { kept }) => itemList(keptResponse(kept, named).items, query),
  },
  {
    method: "POST",
    path: "/v1/responses/{id}/cancel",
    what: "refused: no response is made in the background",
    answer({ named }, { kept }) {
      keptResponse(kept, named);
      throw new Problem(
        "invalid_request",
        "Only responses in the background can be cancelled, and none is made there.",
      );
    },
  },
];
