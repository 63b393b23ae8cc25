/** Whether somebody waits for a machine. Asked by every silent answer, so it looks only every few seconds. */
import type { Link } from "../../link/link.ts";

const keptMs = 5000;

export interface Crowd {
  /** `now`: milliseconds of `performance.now()`. */
  waits(now: number): boolean;
}

export function crowdOf(link: Pick<Link, "snapshot">): Crowd {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let waits = false;
  return {
    waits(now) {
      if (now - lookedAt < keptMs) return waits;
      lookedAt = now;
      waits = link.snapshot().queueDepth > 0;
      return waits;
    },
  };
}
