/** What an engine does, as it says itself, beside what it was given. */
import type { Grant, Link } from "../../link/link.ts";
import { workOf } from "../upstream/engine-work.ts";
import type { Engines } from "../upstream/engines.ts";

export interface Work {
  /** Grows while it works at anything. */
  done: number;
  /** As far as it says, it has every request that was sent to it: none is lost. */
  hasAll: boolean;
}

/** Null where nobody can tell. */
export type AskForWork = (grant: Grant) => Promise<Work | null>;

export function askForWork(engines: Engines, link: Pick<Link, "snapshot">): AskForWork {
  return async (grant) => {
    const work = await workOf(engines.to(grant), grant);
    if (work === null) return null;
    const sent = link.snapshot().models.find(({ id }) => id === grant.model)?.running ?? 0;
    return { done: work.done, hasAll: work.requests === null || work.requests >= sent };
  };
}
