/**
 * What the scheduler lived through, in order: enough to fold its state again. Events are gathered in memory and
 * written as one row every few milliseconds, so that an event costs the hot path an array push. A kill -9 loses
 * at most the last `flushMilliseconds`; `flush` at an orderly exit loses nothing.
 */
import type { DatabaseSync } from "node:sqlite";
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

export interface Journal {
  append(at: number, event: SchedulerEvent): void;
  /** Begins a part that can be replayed by itself: at the start, after new parameters, and when `due`. */
  checkpoint(at: number, state: SchedulerState, params: Params): void;
  /** True when enough was written since the last checkpoint that the next one should be taken. */
  readonly due: boolean;
  /** From the oldest checkpoint that is kept. */
  read(): Generator<Checkpoint | JournalEvent>;
  flush(): void;
}

export interface JournalLimits {
  /** Older parts are dropped. */
  seconds: number;
  /** Oldest parts are dropped above this size. */
  bytes: number;
  flushMilliseconds: number;
}

export const journalLimits: JournalLimits = { seconds: 14 * 86_400, bytes: 32 * 1024 * 1024, flushMilliseconds: 50 };

/** A burst is written before the timer, so that it is not held in memory. */
const burst = 2000;

export function journalIn(
  database: DatabaseSync,
  onFailure: (error: unknown) => void,
  limits: JournalLimits = journalLimits,
): Journal {
  const insert = database.prepare("INSERT INTO journal (kind, at, body) VALUES (?, ?, ?)");
  const rows = database.prepare("SELECT kind, at, body FROM journal ORDER BY id");
  const prune = database.prepare("DELETE FROM journal WHERE id < ?");
  // Known here, so that no checkpoint reads the file: it would hold up every request.
  let parts = partsOf(database);
  let pending: [number, SchedulerEvent][] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    const body = JSON.stringify(pending);
    const at = pending[0]![0];
    pending = [];
    try {
      insert.run("events", at, body);
      const part = parts.at(-1);
      if (part !== undefined) part.bytes += body.length;
    } catch (error) {
      onFailure(error);
    }
  }

  return {
    append(at, event) {
      pending.push([at, event]);
      if (pending.length >= burst) flush();
      else timer ??= setTimeout(flush, limits.flushMilliseconds).unref();
    },
    checkpoint(at, state, params) {
      flush();
      try {
        const body = JSON.stringify({ state, params });
        const { lastInsertRowid } = insert.run("checkpoint", at, body);
        const kept = withinLimits([...parts, { id: Number(lastInsertRowid), at, bytes: body.length }], at, limits);
        if (kept.length <= parts.length) prune.run(kept[0]!.id);
        parts = kept;
      } catch (error) {
        onFailure(error);
      }
    },
    get due() {
      return (parts.at(-1)?.bytes ?? 0) > limits.bytes / 8;
    },
    *read() {
      flush();
      for (const { kind, at, body } of rows.iterate() as Iterable<{ kind: string; at: number; body: string }>) {
        const content: unknown = JSON.parse(body);
        if (kind === "checkpoint") {
          yield { kind, at, ...(content as { state: SchedulerState; params: Params }) };
        } else {
          for (const [at, event] of content as [number, SchedulerEvent][]) yield { kind: "event", at, event };
        }
      }
    },
    flush,
  };
}

/** A checkpoint and the events up to the next one. */
interface Part {
  /** Row of the checkpoint. */
  id: number;
  at: number;
  /** Roughly: characters count as bytes. */
  bytes: number;
}

/** What an earlier run left; `octet_length` knows a body's size without reading it. */
function partsOf(database: DatabaseSync): Part[] {
  const parts: Part[] = [];
  const sizes = database.prepare("SELECT id, kind, at, octet_length(body) AS bytes FROM journal ORDER BY id");
  for (const { id, kind, at, bytes } of sizes.iterate() as Iterable<Part & { kind: string }>) {
    if (kind === "checkpoint") parts.push({ id, at, bytes });
    else if (parts.length > 0) parts.at(-1)!.bytes += bytes;
  }
  return parts;
}

/** The newest parts that fit into the limits; the last one always stays. */
function withinLimits(parts: Part[], now: number, { seconds, bytes }: JournalLimits): Part[] {
  let first = parts.length - 1;
  let sum = parts[first]!.bytes;
  while (first > 0) {
    const older = parts[first - 1]!;
    sum += older.bytes;
    if (sum > bytes || older.at < now - seconds) break;
    first -= 1;
  }
  return parts.slice(first);
}
