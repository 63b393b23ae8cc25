/** Sums of usage as they are asked for. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { addPacked, emptySpread, percentile, type Spread } from "../../domain/spread.ts";
import {
  dayAfter,
  dayStart,
  type Percentiles,
  type UsageFilter,
  type UsageRow,
  type UsageSums,
} from "../../domain/usage.ts";
import type { SpentTokens } from "../rows.ts";
import { usageColumns } from "./usage-columns.ts";
import { type SpreadColumn, spreadNames } from "./usage-table.ts";

type Row = Record<string, unknown>;

/** In the order of what they are told apart by. */
export function findUsage(database: DatabaseSync, filter: UsageFilter): UsageRow[] {
  const hours = filter.by.includes("hour");
  const { from, where, values } = placeOf(filter, hours);
  const dimensions = filter.by.map((name) => (name === "day" && hours ? dayOfHour : name));
  const group = dimensions.length === 0 ? "" : `GROUP BY ${dimensions.map((_, at) => at + 1).join(", ")}`;
  const order = dimensions.length === 0 ? "" : `ORDER BY ${dimensions.map((_, at) => at + 1).join(", ")}`;
  const sums = usageColumns.map(({ name }) => `sum(${name}) AS ${name}`);
  const named = dimensions.map((sql, at) => `${sql} AS d${at}`);
  const rows: Row[] = database
    .prepare(`SELECT ${[...named, ...sums].join(", ")} FROM ${from} WHERE ${where} ${group} ${order}`)
    .all(...values);
  // Sums of nothing are null.
  const found = rows.filter(({ requests }) => requests !== null);
  const spreads = hours ? null : spreadsBy(database, filter);
  return found.map((row) => ({ ...dimensionsOf(row, filter), ...sumsOf(row), ...spreads?.(row) }));
}

/** What keys have used on each day from `day` on. */
export function spentSince(database: DatabaseSync, day: string): SpentTokens[] {
  const query = database.prepare(
    "SELECT key, day, sum(tokens_in + tokens_out) AS tokens FROM usage_days WHERE day >= ? GROUP BY key, day",
  );
  return query.all(day).map((row) => ({
    key: row.key as string,
    day: row.day as string,
    tokens: row.tokens as number,
  }));
}

/** The beginning of the hour in which each model last answered. */
export function modelUses(database: DatabaseSync): Map<string, number> {
  const rows = database
    .prepare("SELECT model, max(hour) AS hour FROM usage_hours WHERE model <> '' AND requests > failed GROUP BY model")
    .all();
  return new Map(rows.map(({ model, hour }) => [String(model), Number(hour)]));
}

const dayOfHour = "date(hour, 'unixepoch', 'localtime')";

function placeOf({ from, to, key, model }: UsageFilter, hours: boolean) {
  const range: SQLInputValue[] = hours ? [dayStart(from), dayStart(dayAfter(to, 1))] : [from, to];
  const where = hours ? ["hour >= ? AND hour < ?"] : ["day BETWEEN ? AND ?"];
  const values = [...range];
  for (const [column, value] of Object.entries({ key, model })) {
    if (value === undefined) continue;
    where.push(`${column} = ?`);
    values.push(value);
  }
  return { from: hours ? "usage_hours" : "usage_days", where: where.join(" AND "), values };
}

function dimensionsOf(row: Row, { by }: UsageFilter): Row {
  return Object.fromEntries(by.map((name, at) => [name, row[`d${at}`]]));
}

function sumsOf(row: Row): UsageSums {
  const sums = usageColumns.map(({ name, sum, unit }) => [sum, (row[name] as number) * unit]);
  return Object.fromEntries(sums) as Record<keyof UsageSums, number>;
}

type Spreads = Record<SpreadColumn, Spread>;

/** What gives a row its percentiles. */
function spreadsBy(database: DatabaseSync, filter: UsageFilter): (row: Row) => Partial<UsageRow> {
  const { from, where, values } = placeOf(filter, false);
  const named = filter.by.map((name, at) => `${name} AS d${at}`);
  const query = database.prepare(`SELECT ${[...named, ...spreadNames].join(", ")} FROM ${from} WHERE ${where}`);
  const place = (row: Row) => filter.by.map((_, at) => String(row[`d${at}`])).join("\n");
  const groups = new Map<string, Spreads>();
  for (const row of query.iterate(...values)) {
    const at = place(row);
    let group = groups.get(at);
    if (group === undefined) {
      group = { waits: emptySpread(), first_bytes: emptySpread(), speeds: emptySpread() };
      groups.set(at, group);
    }
    for (const name of spreadNames) addPacked(group[name], row[name] as Uint8Array);
  }
  return (row) => {
    const { waits, first_bytes: firstBytes, speeds } = groups.get(place(row))!;
    return { waitMs: both(waits), firstByteMs: both(firstBytes), tokensPerSecond: both(speeds) };
  };
}

function both(spread: Spread): Percentiles {
  return { p50: percentile(spread, 0.5), p95: percentile(spread, 0.95) };
}
