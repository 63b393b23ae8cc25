/**
 * What the store's thread is given to do. One batch is under way at a time, so that what comes meanwhile is sent together
 * and it is known here what has been done. What the disk refuses is tried again; what waits is bounded. Nobody on this
 * side waits for a disk without having asked to.
 */
import type { StoreHealth } from "../domain/store-health.ts";
import { silent } from "./patience.ts";
import { type RefusalNews, Refusals } from "./refusals.ts";
import {
  type Answer,
  type Failure,
  fileOf,
  type Outcome,
  proofOf,
  readingTasks,
  type Task,
  type TaskName,
  type TaskOf,
} from "./tasks.ts";
import { type Entry, type Lane, Waiting } from "./waiting.ts";

export interface OutboxLimits {
  /** Bytes of droppable things that wait. */
  bytes: number;
  /** Until what failed is tried again. */
  retryMilliseconds: number;
  /** A disk that is well answers within this. */
  slowMilliseconds: number;
}

export const outboxLimits: OutboxLimits = {
  bytes: 16 * 1024 * 1024,
  retryMilliseconds: 1000,
  // A database that is locked refuses after five seconds.
  slowMilliseconds: 6000,
};

/** Has tasks done, in order. Rejects where nobody is there any more to do them. */
export type Send = (tasks: Task[]) => Promise<Outcome[]>;

export class Outbox {
  readonly #send: Send;
  readonly #limits: OutboxLimits;
  readonly #waiting: Waiting;
  readonly #refusals: Refusals;
  #sentAt: number | null = null;
  #retry: NodeJS.Timeout | null = null;
  /** Why nobody does tasks any more. */
  #gone: Failure | null = null;
  /** Told when nothing is left to be done. */
  #onEmpty: (() => void) | null = null;

  constructor(send: Send, news: RefusalNews, limits: OutboxLimits = outboxLimits) {
    this.#send = send;
    this.#limits = limits;
    this.#waiting = new Waiting(limits.bytes);
    this.#refusals = new Refusals(news, limits.retryMilliseconds);
  }

  /** Resolves once it is done. Rejects with an Error that says what to do. */
  async ask<N extends TaskName>(name: N, input: TaskOf<N>["input"]): Promise<Answer<N>> {
    if (this.#gone !== null) throw new Error(this.#gone.remedy);
    if (this.#isSlow()) throw new Error(silent);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#drop(this.#waiting.add({ task: { name, input } as Task, lane: null, settle: resolve }));
    this.#pump();
    const outcome = await promise;
    if ("failure" in outcome) throw new Error(outcome.failure.remedy);
    return outcome.answer as Answer<N>;
  }

  /** Written when its turn comes, unless too much waits. */
  offer(task: Task, lane: Lane): void {
    const entry = { task, lane, settle: null };
    this.#drop(this.#gone === null ? this.#waiting.add(entry) : [entry]);
    this.#pump();
  }

  /** Written for certain, in place of one of the same name that waits: it says all that the other one did. */
  keep(task: Task): void {
    if (this.#gone !== null) return;
    this.#waiting.replace(entryOf(task));
    this.#pump();
  }

  /** Whether the journal can be written now. */
  get writesJournal(): boolean {
    return this.#gone === null && !this.#refusals.has("journal.db") && !this.#isSlow();
  }

  health(): StoreHealth {
    return this.#refusals.health(this.#waiting.size, this.#isSlow() ? silent : null);
  }

  /** Resolves when all that waits was done, or tried once more. What comes later is not done. */
  async close(): Promise<void> {
    if (this.#gone !== null) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
      this.#pump();
    });
    this.#gone ??= { message: "The store is closed.", remedy: "Hearth is shutting down.", passes: false };
  }

  /** Nobody does tasks any more. */
  end(failure: Failure): void {
    if (this.#gone !== null) return;
    this.#gone = failure;
    this.#sentAt = null;
    this.#refusals.failed("hearth.db", failure);
    for (const entry of this.#waiting.clear()) this.#giveUp(entry, failure);
    this.#onEmpty?.();
  }

  #isSlow(): boolean {
    return this.#sentAt !== null && performance.now() - this.#sentAt > this.#limits.slowMilliseconds;
  }

  #pump(): void {
    if (this.#sentAt !== null || this.#gone !== null) return;
    const batch = this.#waiting.take((entry) => this.#isDue(entry));
    if (batch.length > 0) {
      this.#sentAt = performance.now();
      this.#send(batch.map(({ task }) => task)).then(
        (outcomes) => this.#done(batch, outcomes),
        // `end` has been called by who knows why.
        () => {
          for (const entry of batch) this.#giveUp(entry, this.#gone!);
        },
      );
    } else if (this.#waiting.size === 0) {
      this.#onEmpty?.();
    } else {
      this.#retry ??= setTimeout(() => {
        this.#retry = null;
        this.#pump();
      }, this.#limits.retryMilliseconds).unref();
    }
  }

  /** Of a file that refuses only what somebody waits for, until it is time to try again. */
  #isDue({ task, settle }: Entry): boolean {
    return settle !== null || this.#onEmpty !== null || this.#refusals.mayTry(fileOf(task.name));
  }

  #done(batch: Entry[], outcomes: Outcome[]): void {
    this.#sentAt = null;
    const again: Entry[] = [];
    for (const [index, entry] of batch.entries()) {
      const outcome = outcomes[index]!;
      const file = fileOf(entry.task.name);
      if (!("failure" in outcome)) {
        if (!readingTasks.has(entry.task.name)) this.#refusals.succeeded(file);
        entry.settle?.(outcome);
        continue;
      }
      this.#refusals.failed(file, outcome.failure);
      if (outcome.failure.passes && entry.settle === null && this.#onEmpty === null) again.push(entry);
      else this.#giveUp(entry, outcome.failure);
      // So that it is noticed when the file is well again, whatever is written or not.
      if (outcome.failure.passes && this.#onEmpty === null)
        this.#waiting.replace(entryOf({ name: proofOf(file), input: null }));
    }
    this.#drop(this.#waiting.putBack(again));
    this.#pump();
  }

  #giveUp(entry: Entry, failure: Failure): void {
    entry.settle?.({ failure });
    if (entry.settle !== null) return;
    const chain = entry.lane?.chained ? this.#waiting.dropChain(entry.lane) : [];
    this.#drop([entry, ...chain]);
  }

  #drop(entries: Entry[]): void {
    this.#refusals.droppedWrites += entries.length;
    for (const { lane } of entries) lane?.lost();
  }
}

function entryOf(task: Task): Entry {
  return { task, lane: null, settle: null };
}
