import type { Params } from "../domain/scheduler/params.ts";
import { reduce, type SchedulerState } from "../domain/scheduler/scheduler.ts";
import type { Checkpoint, JournalEvent } from "../store/read-journal.ts";

/** Folds a journal: the state after its last entry. Throws where it does not begin with a checkpoint. */
export function replay(journal: Iterable<Checkpoint | JournalEvent>): SchedulerState {
  let state: SchedulerState | null = null;
  let params: Params | null = null;
  for (const entry of journal) {
    if (entry.kind === "checkpoint") {
      ({ state, params } = entry);
    } else {
      if (state === null || params === null) throw new Error("The journal has no checkpoint before its first event.");
      state = reduce(state, entry.event, entry.at, params);
    }
  }
  if (state === null) throw new Error("The journal is empty.");
  return state;
}
