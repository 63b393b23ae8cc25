/**
 * What happens, for everybody who watches: the waker's events as they come, and the whole state when it has changed.
 * The state is looked at only while somebody watches, once for all of them.
 */
import type { Link, Snapshot, WakerEvent } from "../link/link.ts";

export type LiveEvent = { name: "state"; data: Snapshot } | { name: WakerEvent["type"]; data: WakerEvent };

export interface LiveEvents {
  /** The present state at once, then what happens. Returns the function that ends it. */
  watch(watcher: (event: LiveEvent) => void): () => void;
}

export interface LiveTimes {
  /** How often the state is compared with what was last told: requests come and go without an event. */
  pollMilliseconds: number;
  /** From an event to the state after it: a burst of events makes one state. */
  settleMilliseconds: number;
}

export function liveEvents(
  link: Link,
  { pollMilliseconds, settleMilliseconds }: LiveTimes = { pollMilliseconds: 1000, settleMilliseconds: 100 },
): LiveEvents {
  const watchers = new Set<(event: LiveEvent) => void>();
  let told = "";
  let poll: NodeJS.Timeout | undefined;
  let settle: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};

  const tellAll = (event: LiveEvent) => {
    for (const watcher of watchers) watcher(event);
  };

  function tellState(): void {
    clearTimeout(settle);
    settle = undefined;
    const state = link.snapshot();
    const essence = essenceOf(state);
    if (essence === told) return;
    told = essence;
    tellAll({ name: "state", data: state });
  }

  function begin(): void {
    told = "";
    poll = setInterval(tellState, pollMilliseconds).unref();
    unsubscribe = link.subscribe((event) => {
      tellAll({ name: event.type, data: event });
      settle ??= setTimeout(tellState, settleMilliseconds).unref();
    });
  }

  function end(): void {
    clearInterval(poll);
    clearTimeout(settle);
    settle = undefined;
    unsubscribe();
  }

  return {
    watch(watcher) {
      if (watchers.size === 0) begin();
      watchers.add(watcher);
      watcher({ name: "state", data: link.snapshot() });
      return () => {
        if (watchers.delete(watcher) && watchers.size === 0) end();
      };
    },
  };
}

/** A state without what moves all the time: clocks, and memory in small steps. */
function essenceOf({ why, models, memory, queueDepth, weightsJobs }: Snapshot): string {
  return JSON.stringify({ why, models, memory, queueDepth, weightsJobs }, (name, value: unknown) => {
    if (typeof value !== "number" || !name.endsWith("GiB")) return value;
    return name === "availableGiB" ? Math.round(value) : Math.round(value * 10) / 10;
  });
}
