/** A home with a million requests in it: 90 days, 20 keys, 12 models. */
import { join } from "node:path";
import type { RequestRecord } from "../../src/domain/request-record.ts";
import { openDatabase } from "../../src/store/thread/database.ts";
import { storeMigrations } from "../../src/store/thread/migrations.ts";
import { requestsTable } from "../../src/store/thread/requests-table.ts";
import { requestRecord } from "../../test/support/gateway/request-record.ts";

export const madeRequests = 1_000_000;
const days = 90;
const batch = 1000;

/** `progress`: a share, 0-1. */
export function makeHome(home: string, progress: (share: number) => void): void {
  const database = openDatabase(join(home, "hearth.db"), storeMigrations, "NORMAL");
  const { add } = requestsTable(database, { days: days + 1, rows: madeRequests });
  const until = Date.now() / 1000;
  for (let made = 0; made < madeRequests; made += batch) {
    add(Array.from({ length: batch }, (_, at) => recordAt(made + at, until)));
    progress(made / madeRequests);
  }
  database.close();
}

/** Evenly over the days; keys, models and figures follow from the number alone. */
function recordAt(number: number, until: number): RequestRecord {
  const mixed = (number * 2_654_435_761) % 2 ** 32;
  return requestRecord({
    id: `r${number}`,
    at: until - (days * 86_400 * (madeRequests - number)) / madeRequests,
    key: `person-${mixed % 20}`,
    modelServed: `model-${(mixed >>> 8) % 12}`,
    waitMs: mixed % 90_000,
    firstByteMs: mixed % 120_000,
    tokensPerSecond: 1 + (mixed % 80),
    machineMs: mixed % 20_000,
    tokens: { in: mixed % 30_000, out: mixed % 2000, cached: 0, reasoning: 0, estimated: mixed % 7 === 0 },
  });
}
