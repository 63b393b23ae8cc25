/** What waits to be written, in its order and within its bounds. */
import type { Outcome, Task } from "./tasks.ts";

/** Droppable things that belong together. */
export interface Lane {
  /** What follows a lost one is worth nothing without it. */
  chained: boolean;
  /** One of them will not be written. */
  lost(): void;
}

export interface Entry {
  task: Task;
  /** Droppable where there is one. */
  lane: Lane | null;
  /** Somebody waits for it: it is tried once, and at once. */
  settle: ((outcome: Outcome) => void) | null;
}

/** A batch takes no more at once, so that the thread answers often. */
const batchEntries = 64;
const batchBytes = 1024 * 1024;

export class Waiting {
  readonly #limit: number;
  #entries: Entry[] = [];
  #bytes = 0;

  /** `limit`: bytes of droppable things. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Returns what had to go for it. */
  add(entry: Entry): Entry[] {
    this.#entries.push(entry);
    this.#bytes += sizeOf(entry);
    return this.#trim();
  }

  /** In place of one of the same name that waits. */
  replace(entry: Entry): void {
    this.#entries = this.#entries.filter(({ task }) => task.name !== entry.task.name);
    this.#entries.push(entry);
  }

  /** The first of those that are due. */
  take(due: (entry: Entry) => boolean): Entry[] {
    const batch = new Set<Entry>();
    let bytes = 0;
    for (const entry of this.#entries) {
      if (batch.size === batchEntries || bytes > batchBytes) break;
      if (!due(entry)) continue;
      batch.add(entry);
      bytes += sizeOf(entry);
    }
    return this.#remove((entry) => batch.has(entry));
  }

  /** What was taken and could not be done; what has been replaced meanwhile is not wanted any more. */
  putBack(entries: Entry[]): Entry[] {
    const newer = new Set(this.#entries.filter(({ lane }) => lane === null).map(({ task }) => task.name));
    const wanted = entries.filter(({ lane, task }) => lane !== null || !newer.has(task.name));
    this.#entries.unshift(...wanted);
    this.#bytes += wanted.reduce((sum, entry) => sum + sizeOf(entry), 0);
    return this.#trim();
  }

  /** All that would follow a lost one of this lane. */
  dropChain(lane: Lane): Entry[] {
    return this.#remove((entry) => entry.lane === lane);
  }

  clear(): Entry[] {
    return this.#remove(() => true);
  }

  #trim(): Entry[] {
    const dropped: Entry[] = [];
    while (this.#bytes > this.#limit) {
      const oldest = this.#entries.find(({ lane }) => lane !== null)!;
      dropped.push(...this.#remove((entry) => (oldest.lane?.chained ? entry.lane === oldest.lane : entry === oldest)));
    }
    return dropped;
  }

  #remove(which: (entry: Entry) => boolean): Entry[] {
    const { true: removed = [], false: kept = [] } = Object.groupBy(this.#entries, (entry) =>
      which(entry) ? "true" : "false",
    );
    this.#entries = kept;
    this.#bytes -= removed.reduce((sum, entry) => sum + sizeOf(entry), 0);
    return removed;
  }
}

/** Roughly, in memory. */
function sizeOf({ task, lane }: Entry): number {
  if (lane === null) return 0;
  if (task.name === "addEvents" || task.name === "addCheckpoint") return 200 + task.input.body.length;
  return 400 * (task.name === "addRequests" ? task.input.length : 1);
}
