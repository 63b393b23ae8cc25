/** The end of a relayed request, however it ended: the one place that hears of all of them. */
import type { KeyConfig } from "../../config/types.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { ExchangeParts } from "./parts.ts";

export interface EndedRequest {
  id: string;
  route: RelayRoute;
  /** Canonical id; null where it was refused before one was found. */
  model: string | null;
  /** Null where it was refused before one was known. */
  key: KeyConfig | null;
  /** What the client got, or will have been told in a stream; 499 where it went away. */
  status: number;
  /** Milliseconds from its acceptance to its engine; 0 where it got none. */
  waitMs: number;
  totalMs: number;
}

export function requestEnded({ metrics, log }: Pick<ExchangeParts, "metrics" | "log">, ended: EndedRequest): void {
  const { id, route, model, key, status, waitMs, totalMs } = ended;
  metrics.answered(model, status);
  log.debug({ id, model, key: key?.name, route: route.path, status, waitMs, totalMs }, "request");
}
