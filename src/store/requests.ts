/** Records of finished and refused requests. They are gathered for a moment, so that many are written at once. */
import { Problem } from "../domain/problem.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import type { UsageFilter, UsageRow } from "../domain/usage.ts";
import type { Outbox } from "./outbox.ts";
import { patiently } from "./patience.ts";
import type { Answer, FoundRequests, RequestFilter, TaskOf } from "./tasks.ts";

export interface Requests {
  /** A kill -9 loses those of the last half second. */
  add(record: RequestRecord): void;
  /** The newest first, those just added too. Rejects with a Problem (`store_unavailable`). */
  find(filter: RequestFilter): Promise<FoundRequests>;
  /** Sums, of those just added too. Rejects with a Problem (`store_unavailable`). */
  usage(filter: UsageFilter): Promise<UsageRow[]>;
  /** How long records are kept; what they came to stays. */
  keep(days: number): void;
}

const flushMilliseconds = 500;
const burst = 500;

export function storedRequests(outbox: Outbox): Requests & { flush(): void } {
  let pending: RequestRecord[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    outbox.offer({ name: "addRequests", input: pending }, lane);
    pending = [];
  }

  async function read<N extends "findRequests" | "findUsage">(name: N, filter: TaskOf<N>["input"]): Promise<Answer<N>> {
    flush();
    try {
      return await patiently(outbox.ask(name, filter));
    } catch (error) {
      throw new Problem("store_unavailable", `The records cannot be read. ${(error as Error).message}`);
    }
  }

  return {
    add(record) {
      pending.push(record);
      if (pending.length >= burst) flush();
      else timer ??= setTimeout(flush, flushMilliseconds).unref();
    },
    find: (filter) => read("findRequests", filter),
    usage: (filter) => read("findUsage", filter),
    keep: (days) => outbox.keep({ name: "keepRequests", input: { days } }),
    flush,
  };
}

/** One by one is no loss to the others. */
const lane = { chained: false, lost() {} };
