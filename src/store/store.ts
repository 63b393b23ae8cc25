/**
 * Everything that outlives a run of Hearth, in SQLite files that are private to their owner. A thread of their own owns
 * them all; here is what they hold, in memory, and nobody here waits for a disk.
 */
import type { StoreHealth } from "../domain/store-health.ts";
import { type Audit, storedAudit } from "./audit.ts";
import { type Engines, storedEngines } from "./engines.ts";
import { type Journal, storedJournal } from "./journal.ts";
import { type Keys, storedKeys } from "./keys.ts";
import { type Loads, storedLoads } from "./loads.ts";
import { type MemoryUses, storedMemoryUses } from "./memory-uses.ts";
import { Outbox } from "./outbox.ts";
import { type OwnKeys, storedOwnKeys } from "./own-keys.ts";
import { type Requests, storedRequests } from "./requests.ts";
import type { SpentTokens } from "./rows.ts";
import { type StoredServiceTimes, storedServiceTimes } from "./service-times.ts";
import { startThread } from "./thread.ts";

export interface Store {
  /** Names this home among others on the machine; engines carry it, so that only their own Hearth touches them. */
  readonly instance: string;
  keys: Keys;
  ownKeys: OwnKeys;
  loads: Loads;
  serviceTimes: StoredServiceTimes;
  memoryUses: MemoryUses;
  engines: Engines;
  journal: Journal;
  requests: Requests;
  /** Tokens that keys had used this month when it was opened. */
  readonly spent: SpentTokens[];
  audit: Audit;
  health(): StoreHealth;
  /** A start on this home waits from now on until this one has closed, instead of failing. */
  stopping(): void;
  /** Writes what is pending, and frees the home. The store is of no use afterwards. */
  close(): Promise<void>;
}

/** What happens to the files, told in sentences for the log. */
export interface StoreNews {
  /** Once until `recovered`. Hearth goes on without what is not written. */
  failing(message: string): void;
  recovered(message: string): void;
  /** While it opens: it waits for another Hearth that stops here, or has made the home private. */
  notice(message: string): void;
}

const silent: StoreNews = { failing() {}, recovered() {}, notice() {} };

/** An orderly exit waits no longer for a disk. */
const closeMilliseconds = 10_000;

/**
 * Takes the home and opens what is in it, or makes it. Waits for a Hearth that stops there, unless `signal` is aborted.
 * Rejects with an Error that says what is in the way (another Hearth,
 * a damaged file, a full disk) and what to do.
 */
export async function openStore(home: string, news = silent, signal?: AbortSignal): Promise<Store> {
  const thread = await startThread(home, { notice: (sentence) => news.notice(sentence), signal });
  const { instance, keys, ownKeys: foundOwnKeys, engines, loads, journalTail, journalLost } = thread.opened;
  const { serviceTimes: foundTimes } = thread.opened;
  const outbox = new Outbox(thread.send, {
    failing: ({ message }) => news.failing(message),
    recovered: (file) => news.recovered(`${file} is written again`),
  });
  thread.onEnd((failure) => outbox.end(failure));
  if (journalLost !== null) news.failing(`${journalLost} The journal is begun anew.`);
  const journal = storedJournal(outbox, journalTail);
  const requests = storedRequests(outbox, thread.opened.keyUses);
  const serviceTimes = storedServiceTimes(outbox, foundTimes);
  const ownKeys = storedOwnKeys(outbox, foundOwnKeys);
  return {
    instance,
    keys: storedKeys(outbox, keys, ownKeys),
    ownKeys,
    loads: storedLoads(outbox, loads),
    serviceTimes,
    memoryUses: storedMemoryUses(outbox, thread.opened.memoryUses),
    engines: storedEngines(outbox, engines),
    journal,
    requests,
    spent: thread.opened.spent,
    audit: storedAudit(outbox),
    health: () => outbox.health(),
    stopping: thread.stopping,
    async close() {
      journal.flush();
      requests.flush();
      serviceTimes.flush();
      await within(closeMilliseconds, outbox.close().then(thread.close));
    },
  };
}

/** The disk may never answer. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
