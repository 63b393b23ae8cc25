import { DatabaseSync } from "node:sqlite";
import type { Params } from "../domain/scheduler/params.ts";
import type { SchedulerState } from "../domain/scheduler/scheduler.ts";
import type { SchedulerEvent } from "../domain/scheduler/types.ts";

/** A whole state, from which the following events can be folded. */
export interface Checkpoint {
  kind: "checkpoint";
  at: number;
  state: SchedulerState;
  params: Params;
}

export interface JournalEvent {
  kind: "event";
  at: number;
  event: SchedulerEvent;
}

/**
 * A journal from the oldest checkpoint that is kept, beside a running Hearth too, whose last moment is not in it yet. For
 * tools: it waits for the disk.
 */
export function* readJournal(file: string): Generator<Checkpoint | JournalEvent> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare("SELECT kind, at, body FROM journal ORDER BY id").iterate();
    for (const { kind, at, body } of rows as Iterable<{ kind: string; at: number; body: string }>) {
      const content: unknown = JSON.parse(body);
      if (kind === "checkpoint") {
        yield { kind, at, ...(content as { state: SchedulerState; params: Params }) };
      } else {
        for (const [at, event] of content as [number, SchedulerEvent][]) yield { kind: "event", at, event };
      }
    }
  } finally {
    database.close();
  }
}
