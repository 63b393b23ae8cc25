/** Records of requests, kept for a while: by age and by number, whichever is reached first. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { RequestRecord } from "../../domain/request-record.ts";
import type { TokenCounts } from "../../domain/token-counts.ts";
import type { FoundRequests, RequestFilter } from "../tasks.ts";
import { inTransaction } from "./database.ts";
import { usageTable } from "./usage-table.ts";

export interface RequestsKept {
  days: number;
  rows: number;
}

/** Half a gigabyte, about. */
export const requestsKept: RequestsKept = { days: 90, rows: 1_000_000 };

/** Added between two looks at what is too old. */
const pruneEvery = 500;

/** A record's members, by the column that keeps each. */
const columns: Record<string, (record: RequestRecord) => SQLInputValue> = {
  id: ({ id }) => id,
  at: ({ at }) => at,
  key: ({ key }) => key,
  api: ({ api }) => api,
  route: ({ route }) => route,
  model_asked: ({ modelAsked }) => modelAsked,
  model_served: ({ modelServed }) => modelServed,
  status: ({ status }) => status,
  problem: ({ problem }) => problem,
  streaming: ({ streaming }) => Number(streaming),
  wait_ms: ({ waitMs }) => waitMs,
  load_ms: ({ loadMs }) => loadMs,
  first_byte_ms: ({ firstByteMs }) => firstByteMs,
  total_ms: ({ totalMs }) => totalMs,
  machine_ms: ({ machineMs }) => machineMs,
  tokens_in: ({ tokens }) => tokens?.in ?? null,
  tokens_out: ({ tokens }) => tokens?.out ?? null,
  tokens_cached: ({ tokens }) => tokens?.cached ?? null,
  tokens_reasoning: ({ tokens }) => tokens?.reasoning ?? null,
  tokens_estimated: ({ tokens }) => (tokens === null ? null : Number(tokens.estimated)),
  tokens_per_second: ({ tokensPerSecond }) => tokensPerSecond,
  request_bytes: ({ requestBytes }) => requestBytes,
  answer_bytes: ({ answerBytes }) => answerBytes,
  caused: ({ caused }) => caused,
  fixups: ({ fixups }) => JSON.stringify(fixups),
};

export function requestsTable(database: DatabaseSync, kept: RequestsKept = requestsKept) {
  const names = Object.keys(columns);
  const insert = database.prepare(
    `INSERT INTO requests (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
  );
  const usage = usageTable(database);
  const use = database.prepare(
    "INSERT INTO key_uses (key, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
  );
  const uses = database.prepare("SELECT key, at FROM key_uses");
  const dropOld = database.prepare("DELETE FROM requests WHERE at < ?");
  const dropMany = database.prepare("DELETE FROM requests WHERE row <= (SELECT max(row) FROM requests) - ?");
  let { days } = kept;
  let sincePrune = pruneEvery;

  function prune(now: number): void {
    dropOld.run(now - days * 86_400);
    dropMany.run(kept.rows);
    usage.dropHours(now - hoursKeptDays * 86_400);
    sincePrune = 0;
  }

  return {
    add(records: RequestRecord[]): undefined {
      inTransaction(database, () => {
        for (const record of records) insert.run(...Object.values(columns).map((of) => of(record)));
        usage.add(records);
        for (const [key, at] of lastUses(records)) use.run(key, at);
        sincePrune += records.length;
        if (sincePrune >= pruneEvery) prune(records.at(-1)!.at);
      });
    },
    /** From the next prune on. */
    keep(wanted: { days: number }): undefined {
      days = wanted.days;
      sincePrune = pruneEvery;
    },
    /** When keys were used last, seconds since the epoch. */
    keyUses: () => new Map(uses.all().map(({ key, at }) => [key as string, at as number])),
    find: (filter: RequestFilter) => findRequests(database, filter),
  };
}

function lastUses(records: RequestRecord[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { key, at } of records) if (key !== null) last.set(key, Math.max(at, last.get(key) ?? 0));
  return last;
}

/** Sums by the hour; those by the day stay. */
const hoursKeptDays = 400;

function findRequests(database: DatabaseSync, filter: RequestFilter): FoundRequests {
  const { limit, key, model, from, to, before } = filter;
  const conditions: [sql: string, value: SQLInputValue | undefined][] = [
    ["key = ?", key],
    ["? IN (model_asked, model_served)", model],
    ["at >= ?", from],
    ["at < ?", to],
    ["row < ?", before],
  ];
  const wanted = conditions.filter((one): one is [string, SQLInputValue] => one[1] !== undefined);
  const where = wanted.length === 0 ? "" : `WHERE ${wanted.map(([sql]) => sql).join(" AND ")}`;
  const rows = database
    .prepare(`SELECT * FROM requests ${where} ORDER BY row DESC LIMIT ?`)
    .all(...wanted.map(([, value]) => value), limit);
  return { requests: rows.map(recordOf), next: rows.length < limit ? null : (rows.at(-1)?.row as number) };
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
    loadMs: row.load_ms as number | null,
    firstByteMs: row.first_byte_ms as number | null,
    totalMs: row.total_ms as number,
    machineMs: row.machine_ms as number,
    tokens: row.tokens_in === null ? null : tokensOf(row),
    tokensPerSecond: row.tokens_per_second as number | null,
    requestBytes: row.request_bytes as number,
    answerBytes: row.answer_bytes as number,
    caused: row.caused as RequestRecord["caused"],
    fixups: JSON.parse(row.fixups as string) as string[],
  };
}

function tokensOf(row: Record<string, unknown>): TokenCounts {
  return {
    in: row.tokens_in as number,
    out: row.tokens_out as number,
    cached: row.tokens_cached as number,
    reasoning: row.tokens_reasoning as number,
    estimated: row.tokens_estimated === 1,
  };
}
