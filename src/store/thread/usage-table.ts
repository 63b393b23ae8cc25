/**
 * Sums of requests by key, model and day, and by hour, kept up as records come: what a year came to is read from a few thousand
 * rows. They stay when the records go.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { RequestRecord } from "../../domain/request-record.ts";
import { addPacked, addTo, emptySpread, packed } from "../../domain/spread.ts";
import { dayOf } from "../../domain/usage.ts";
import { usageColumns } from "./usage-columns.ts";

/** Days alone keep how values spread. */
export const spreadColumns = {
  waits: ({ waitMs }: RequestRecord) => waitMs,
  first_bytes: ({ firstByteMs }: RequestRecord) => firstByteMs,
  speeds: ({ tokensPerSecond }: RequestRecord) => tokensPerSecond,
} as const;
export type SpreadColumn = keyof typeof spreadColumns;
export const spreadNames = Object.keys(spreadColumns) as SpreadColumn[];

export function usageTable(database: DatabaseSync) {
  const addHour = adding(database, "usage_hours", "hour", []);
  const addDay = adding(database, "usage_days", "day", spreadNames);
  const spreadsOf = database.prepare(
    `SELECT ${spreadNames.join(", ")} FROM usage_days WHERE day = ? AND key = ? AND model = ?`,
  );
  const dropHours = database.prepare("DELETE FROM usage_hours WHERE hour < ?");

  return {
    /** Within the transaction that writes the records. Those without a key are nobody's. */
    add(records: RequestRecord[]): void {
      const owned = records.filter(({ key }) => key !== null);
      const name = ({ key, modelServed }: RequestRecord) => [key, modelServed ?? ""];
      const group = (time: (record: RequestRecord) => string | number) =>
        Map.groupBy(owned, (record) => JSON.stringify([time(record), ...name(record)]));
      for (const [place, group_] of group(({ at }) => Math.floor(at / 3600) * 3600)) {
        addHour.run(...(JSON.parse(place) as SQLInputValue[]), ...sumsOf(group_));
      }
      for (const [place, group_] of group(({ at }) => dayOf(at))) {
        const at = JSON.parse(place) as SQLInputValue[];
        addDay.run(...at, ...sumsOf(group_), ...spreadsWith(group_, spreadsOf.get(...at)));
      }
    },
    /** Of hours that are older than this, seconds since the epoch. */
    dropHours: (before: number) => void dropHours.run(before),
  };
}

/** `time`: the name of its first column. `whole`: columns that a new row's take the place of. */
function adding(database: DatabaseSync, table: string, time: string, whole: string[]): StatementSync {
  const sums = usageColumns.map(({ name }) => name);
  const columns = [time, "key", "model", ...sums, ...whole];
  const changes = [
    ...sums.map((name) => `${name} = ${name} + excluded.${name}`),
    ...whole.map((name) => `${name} = excluded.${name}`),
  ];
  return database.prepare(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
     ON CONFLICT DO UPDATE SET ${changes.join(", ")}`,
  );
}

function sumsOf(records: RequestRecord[]): number[] {
  return usageColumns.map(({ of }) => records.reduce((sum, record) => sum + of(record), 0));
}

function spreadsWith(records: RequestRecord[], known: Record<string, unknown> | undefined): Uint8Array[] {
  return spreadNames.map((name) => {
    const spread = emptySpread();
    if (known !== undefined) addPacked(spread, known[name] as Uint8Array);
    for (const record of records) {
      const value = spreadColumns[name](record);
      if (value !== null) addTo(spread, value);
    }
    return packed(spread);
  });
}
