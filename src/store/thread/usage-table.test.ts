import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";
import type { RequestRecord } from "../../domain/request-record.ts";
import { dayOf, type UsageFilter } from "../../domain/usage.ts";
import { storeMigrations } from "./migrations.ts";
import { requestsTable } from "./requests-table.ts";
import { findUsage } from "./usage-query.ts";

const tokens = (input: number, out: number) => ({ in: input, out, cached: 0, reasoning: 0, estimated: false });
const noon = new Date("2026-11-25T12:00:00").getTime() / 1000;
const always = { from: "2000-01-01", to: "2100-01-01" };

function table() {
  const database = new DatabaseSync(":memory:");
  for (const { sql } of storeMigrations) database.exec(sql);
  return { ...requestsTable(database), usage: (filter: UsageFilter) => findUsage(database, filter) };
}

test("each has what its own requests came to, by key, model, day and hour", () => {
  const { add, usage } = table();
  add([
    requestRecord({ key: "ann", modelServed: "a", at: noon, tokens: tokens(10, 20), machineMs: 1500 }),
    requestRecord({ key: "ann", modelServed: "b", at: noon + 3600, tokens: tokens(1, 2), caused: "switch" }),
    requestRecord({ key: "bob", modelServed: "a", at: noon, tokens: null, status: 429 }),
  ]);
  add([requestRecord({ key: "ann", modelServed: "a", at: noon + 86_400, tokens: tokens(100, 200), status: 499 })]);
  expect(usage({ ...always, by: ["key"] })).toMatchObject([
    { key: "ann", requests: 3, failed: 0, cancelled: 1, tokensIn: 111, tokensOut: 222, loads: 1, switches: 1 },
    { key: "bob", requests: 1, failed: 1, tokensIn: 0 },
  ]);
  expect(usage({ ...always, by: ["day", "model"], key: "ann" })).toMatchObject([
    { day: "2026-11-25", model: "a", tokensOut: 20, machineSeconds: 1.5 },
    { day: "2026-11-25", model: "b", tokensOut: 2 },
    { day: "2026-11-26", model: "a", tokensOut: 200 },
  ]);
  expect(usage({ ...always, by: ["hour"], key: "ann" })).toMatchObject([
    { hour: noon, tokensOut: 20 },
    { hour: noon + 3600, tokensOut: 2 },
    { hour: noon + 86_400, tokensOut: 200 },
  ]);
  expect(usage({ from: "2026-11-26", to: "2026-11-26", by: [] })).toMatchObject([{ requests: 1, tokensIn: 100 }]);
  expect(usage({ from: "2026-11-27", to: "2026-11-28", by: [] })).toEqual([]);
});

test("who has no key is nobody, and what no engine answered has no percentiles", () => {
  const { add, usage } = table();
  add([requestRecord({ key: null }), requestRecord({ waitMs: null, firstByteMs: null, tokensPerSecond: null })]);
  const none = { p50: null, p95: null };
  expect(usage({ from: dayOf(1), to: dayOf(1), by: [] })).toMatchObject([
    { requests: 1, waitMs: none, firstByteMs: none, tokensPerSecond: none },
  ]);
});

test("what is kept up record by record is what the records come to, in whatever batches they come", () => {
  const record = fc.record({
    key: fc.constantFrom("ann", "bob", "it's"),
    modelServed: fc.constantFrom("a", "org/b", null),
    at: fc.integer({ min: noon, max: noon + 5 * 86_400 }),
    status: fc.constantFrom(200, 429, 499, 503),
    tokens: fc.option(fc.tuple(fc.nat(1e6), fc.nat(1e6)).map(([a, b]) => tokens(a, b))),
    waitMs: fc.option(fc.integer({ min: 1, max: 1e6 })),
  });
  fc.assert(
    fc.property(fc.array(fc.array(record, { minLength: 1, maxLength: 8 }), { maxLength: 8 }), (batches) => {
      const { add, usage } = table();
      for (const batch of batches) add(batch.map((one) => requestRecord(one)));
      const all = batches.flat();
      const found = usage({ ...always, by: ["day", "key", "model"] });
      expect(found.length).toBe(Map.groupBy(all, placeOf).size);
      for (const row of found) {
        const own = all.filter((one) => placeOf(one) === [row.day, row.key, row.model].join("|"));
        expect(row.requests).toBe(own.length);
        expect(row.tokensIn).toBe(own.reduce((sum, one) => sum + (one.tokens?.in ?? 0), 0));
        expect(row.waitMs!.p50 === null).toBe(own.every(({ waitMs }) => waitMs === null));
      }
      const byHour = usage({ ...always, by: ["hour"] });
      expect(byHour.reduce((sum, row) => sum + row.tokensOut, 0)).toBe(
        all.reduce((sum, one) => sum + (one.tokens?.out ?? 0), 0),
      );
    }),
    { numRuns: 50 },
  );
});

const placeOf = ({ at, key, modelServed }: Pick<RequestRecord, "at" | "key" | "modelServed">) =>
  [dayOf(at), key, modelServed ?? ""].join("|");
