/** Records of requests, kept for a while: by age and by number, whichever is reached first. */
import type { DatabaseSync } from "node:sqlite";
import type { RequestRecord } from "../../domain/request-record.ts";
import type { RequestFilter } from "../tasks.ts";
import { inTransaction } from "./database.ts";

export interface RequestsKept {
  days: number;
  rows: number;
}

export const requestsKept: RequestsKept = { days: 90, rows: 200_000 };

/** Added between two looks at what is too old. */
const pruneEvery = 500;

export function requestsTable(database: DatabaseSync, { days, rows }: RequestsKept = requestsKept) {
  const insert = database.prepare(
    `INSERT INTO requests (id, at, key, api, route, model_asked, model_served, status, problem, streaming, wait_ms,
       first_byte_ms, total_ms, request_bytes, answer_bytes, caused,
       fixups)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = database.prepare(
    `SELECT * FROM requests WHERE (?1 IS NULL OR key = ?1) AND (?2 IS NULL OR ?2 IN (model_asked, model_served))
     ORDER BY row DESC LIMIT ?3`,
  );
  const dropOld = database.prepare("DELETE FROM requests WHERE at < ?");
  const dropMany = database.prepare("DELETE FROM requests WHERE row <= (SELECT max(row) FROM requests) - ?");
  let sincePrune = pruneEvery;

  function add(r: RequestRecord): void {
    insert.run(
      ...[r.id, r.at, r.key, r.api, r.route, r.modelAsked, r.modelServed, r.status, r.problem, r.streaming ? 1 : 0],
      ...[r.waitMs, r.firstByteMs, r.totalMs, r.requestBytes, r.answerBytes, r.caused, JSON.stringify(r.fixups)],
    );
  }

  return {
    add(records: RequestRecord[]): undefined {
      inTransaction(database, () => {
        for (const record of records) add(record);
        sincePrune += records.length;
        if (sincePrune < pruneEvery) return;
        dropOld.run(records.at(-1)!.at - days * 86_400);
        dropMany.run(rows);
        sincePrune = 0;
      });
    },
    find: ({ limit, key, model }: RequestFilter) => newest.all(key ?? null, model ?? null, limit).map(recordOf),
  };
}

function recordOf(row: Record<string, unknown>): RequestRecord {
  return {
    id: row.id as string,
    at: row.at as number,
    key: row.key as string | null,
    api: row.api as string,
    route: row.route as string,
    modelAsked: row.model_asked as string | null,
    modelServed: row.model_served as string | null,
    status: row.status as number,
    problem: row.problem as RequestRecord["problem"],
    streaming: row.streaming === 1,
    waitMs: row.wait_ms as number | null,
    firstByteMs: row.first_byte_ms as number | null,
    totalMs: row.total_ms as number,
    requestBytes: row.request_bytes as number,
    answerBytes: row.answer_bytes as number,
    caused: row.caused as RequestRecord["caused"],
    fixups: JSON.parse(row.fixups as string) as string[],
  };
}
