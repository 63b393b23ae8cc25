/** A relayed request, understood and allowed: everything that is known before the wait. */

import type { IncomingMessage } from "node:http";
import type { KeyConfig } from "../../config/types.ts";
import type { ProblemData } from "../../domain/problem.ts";
import type { Priority } from "../../domain/scheduler/types.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Residence } from "../dialects/translation.ts";
import type { EngineCall } from "../fit/call.ts";
import type { OpenRecord } from "../observe/records.ts";
import type { Settings } from "../settings.ts";

export interface Accepted {
  id: string;
  request: IncomingMessage;
  route: RelayRoute;
  /** Canonical id. */
  model: string;
  key: KeyConfig;
  priority: Priority;
  /** How an engine can be asked for it, best first; never empty. */
  calls: EngineCall[];
  /** Why it cannot be told in OpenAI's words, to which an engine would have to resort; null where it can. */
  untranslatable: ProblemData | null;
  /** The client reads an event stream, so it can be told that it waits. */
  streaming: boolean;
  whenBusy: "hold" | "reject";
  /** How long it may wait for an engine. */
  holdMs: number;
  /** What is to become of the model afterwards; null where that is left open. */
  residence: Residence | null;
  record: OpenRecord;
  /** Takes room for so many bytes in the ledger of bodies; false where there is none. */
  hold: (bytes: number) => boolean;
  /** Names and values that every answer to it carries. */
  headers: string[];
}

/** How long this request may be held, and whether at all. */
export function holdOf(
  request: IncomingMessage,
  streaming: boolean,
  settings: Settings,
): Pick<Accepted, "whenBusy" | "holdMs"> {
  const most = streaming ? settings.streamingHoldMs : settings.bufferedHoldMs;
  const wait = preferredWait(request.headers.prefer);
  if (wait === null) return { whenBusy: settings.whenBusy, holdMs: most };
  return {
    whenBusy: wait === 0 ? "reject" : settings.whenBusy,
    holdMs: wait === 0 ? most : Math.min(most, wait * 1000),
  };
}

/** Seconds that `Prefer: wait=N` (RFC 7240) allows, or null where it does not say. */
export function preferredWait(header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9}(?:\.\d{1,3})?)/i.exec(String(header));
  return found === null ? null : Number(found[1]);
}
