/** A relayed request, understood and allowed: everything that is known before the wait. */

import type { IncomingMessage } from "node:http";
import type { KeyConfig } from "../../config/types.ts";
import type { Priority } from "../../domain/scheduler/types.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Residence } from "../dialects/translation.ts";
import type { Way } from "../fit/call.ts";
import { preferredWait } from "../http/prefer.ts";
import type { Settings } from "../settings.ts";

export interface Order {
  id: string;
  request: IncomingMessage;
  route: RelayRoute;
  /** Canonical id. */
  model: string;
  key: KeyConfig;
  priority: Priority;
  /** How an engine can be asked for it, best first; never empty. */
  ways: Way[];
  /** The client reads an event stream, so it can be told that it waits. */
  streaming: boolean;
  whenBusy: "hold" | "reject";
  /** How long it may wait for an engine. */
  holdMs: number;
  /** What is to become of the model afterwards; null where that is left open. */
  residence: Residence | null;
  /** Names and values that every answer to it carries. */
  headers: string[];
}

/** How long this request may be held, and whether at all. */
export function holdOf(
  request: IncomingMessage,
  streaming: boolean,
  settings: Settings,
): Pick<Order, "whenBusy" | "holdMs"> {
  const most = streaming ? settings.streamingHoldMs : settings.bufferedHoldMs;
  const wait = preferredWait(request.headers.prefer);
  if (wait === null) return { whenBusy: settings.whenBusy, holdMs: most };
  return {
    whenBusy: wait === 0 ? "reject" : settings.whenBusy,
    holdMs: wait === 0 ? most : Math.min(most, wait * 1000),
  };
}
