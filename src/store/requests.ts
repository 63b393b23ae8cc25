/** Records of finished and refused requests. They are gathered for a moment, so that many are written at once. */
import { Problem } from "../domain/problem.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import type { Outbox } from "./outbox.ts";
import { patiently } from "./patience.ts";
import type { RequestFilter } from "./tasks.ts";

export interface Requests {
  /** A kill -9 loses those of the last half second. */
  add(record: RequestRecord): void;
  /** The newest first, those just added too. Rejects with a Problem (`store_unavailable`). */
  find(filter: RequestFilter): Promise<RequestRecord[]>;
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

  return {
    add(record) {
      pending.push(record);
      if (pending.length >= burst) flush();
      else timer ??= setTimeout(flush, flushMilliseconds).unref();
    },
    async find(filter) {
      flush();
      try {
        return await patiently(outbox.ask("findRequests", filter));
      } catch (error) {
        throw new Problem("store_unavailable", `The records cannot be read. ${(error as Error).message}`);
      }
    },
    flush,
  };
}

/** One by one is no loss to the others. */
const lane = { chained: false, lost() {} };
