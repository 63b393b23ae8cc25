/**
 * What the scheduler lived through, in order: enough to fold its state again. Events are gathered in memory and
 * handed to the store's thread every few milliseconds, so that an event costs the hot path an array push. A kill -9
 * loses at most the last `flushMilliseconds`, or what the disk did not take yet; an orderly exit loses nothing.
 *
 * The state of a checkpoint crosses as JSON that is made here: for ten thousand waiting requests that takes as long as a
 * structured clone does (30 ms), and the thread need not make it again.
 */
import type { Params } from "../domain/scheduler/params.ts";
import type { SchedulerState } from "../domain/scheduler/scheduler.ts";
import type { SchedulerEvent } from "../domain/scheduler/types.ts";
import type { Outbox } from "./outbox.ts";

export interface Journal {
  append(at: number, event: SchedulerEvent): void;
  /** Begins a part that can be replayed by itself: at the start, after new parameters, and when `due`. */
  checkpoint(at: number, state: SchedulerState, params: Params): void;
  /** True when the next checkpoint should be taken: enough was written since the last one, or something was lost. */
  readonly due: boolean;
}

export interface JournalLimits {
  /** Older parts are dropped. */
  seconds: number;
  /** Oldest parts are dropped above this size. */
  bytes: number;
}

export const journalLimits: JournalLimits = { seconds: 14 * 86_400, bytes: 32 * 1024 * 1024 };

const flushMilliseconds = 50;
/** A burst is handed over before the timer, so that it is not gathered without end. */
const burst = 2000;

/** `tail`: bytes of the part that an earlier run left open. */
export function storedJournal(outbox: Outbox, tail: number, limits = journalLimits): Journal & { flush(): void } {
  let pending: [number, SchedulerEvent][] = [];
  let timer: NodeJS.Timeout | null = null;
  /** Events were lost: those that follow cannot be folded before there is a checkpoint. */
  let gap = false;
  const lane = {
    chained: true,
    lost() {
      gap = true;
    },
  };

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    const body = JSON.stringify(pending);
    const at = pending[0]![0];
    pending = [];
    tail += body.length;
    outbox.offer({ name: "addEvents", input: { at, body } }, lane);
  }

  return {
    append(at, event) {
      if (gap) return;
      pending.push([at, event]);
      if (pending.length >= burst) flush();
      else timer ??= setTimeout(flush, flushMilliseconds).unref();
    },
    checkpoint(at, state, params) {
      flush();
      gap = false;
      const body = JSON.stringify({ state, params });
      tail = body.length;
      outbox.offer({ name: "addCheckpoint", input: { at, body } }, lane);
    },
    get due() {
      // While nothing can be written, a checkpoint would be lost as well.
      return gap ? outbox.writesJournal : tail > limits.bytes / 8;
    },
    flush,
  };
}
