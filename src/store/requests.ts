/** Records of finished and refused requests. They are gathered for a moment, so that many are written at once. */
import type { RequestRecord } from "../domain/request-record.ts";
import type { UsageFilter, UsageRow } from "../domain/usage.ts";
import type { Outbox } from "./outbox.ts";
import { readFor } from "./read-for.ts";
import type { FoundRequests, RequestFilter } from "./tasks.ts";

export interface Requests {
  /** A kill -9 loses those of the last half second. */
  add(record: RequestRecord): void;
  /** The newest first, those just added too. Rejects with a Problem (`store_unavailable`). */
  find(filter: RequestFilter): Promise<FoundRequests>;
  /** Sums, of those just added too. Rejects with a Problem (`store_unavailable`). */
  usage(filter: UsageFilter): Promise<UsageRow[]>;
  /** When each model last answered, by its id, to the hour: seconds since the epoch. Rejects as `usage` does. */
  modelUses(): Promise<Map<string, number>>;
  /** When a key of this name last ended a request, seconds since the epoch. */
  lastUseOf(key: string): number | null;
  /** How long records are kept; what they came to stays. */
  keep(days: number): void;
}

const flushMilliseconds = 500;
const burst = 500;

export function storedRequests(outbox: Outbox, lastUses: Map<string, number>): Requests & { flush(): void } {
  const uses = new Map(lastUses);
  let pending: RequestRecord[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    outbox.offer({ name: "addRequests", input: pending }, lane);
    pending = [];
  }

  return {
    add(record) {
      if (record.key !== null) uses.set(record.key, Math.max(record.at, uses.get(record.key) ?? 0));
      pending.push(record);
      if (pending.length >= burst) flush();
      else timer ??= setTimeout(flush, flushMilliseconds).unref();
    },
    find(filter) {
      flush();
      return readFor(outbox, "findRequests", filter);
    },
    usage(filter) {
      flush();
      return readFor(outbox, "findUsage", filter);
    },
    modelUses() {
      flush();
      return readFor(outbox, "modelUses", null);
    },
    lastUseOf: (key) => uses.get(key) ?? null,
    keep: (days) => outbox.keep({ name: "keepRequests", input: { days } }),
    flush,
  };
}

/** One by one is no loss to the others. */
const lane = { chained: false, lost() {} };
