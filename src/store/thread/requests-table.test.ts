import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { requestRecord } from "../../../test/support/gateway/request-record.ts";
import { storeMigrations } from "./migrations.ts";
import { requestsTable } from "./requests-table.ts";

const day = 86_400;

function table(kept: Parameters<typeof requestsTable>[1]) {
  const database = new DatabaseSync(":memory:");
  for (const { sql } of storeMigrations) database.exec(sql);
  const requests = requestsTable(database, kept);
  let next = 0;
  const records = (count: number, at: number) =>
    Array.from({ length: count }, () => {
      next += 1;
      return requestRecord({ id: String(next), at });
    });
  return {
    add: (count: number, at: number) => requests.add(records(count, at)),
    kept: () => requests.find({ limit: 10_000 }).requests.map(({ id }) => Number(id)),
  };
}

test("the oldest go when there are too many", () => {
  const { add, kept } = table({ days: 90, rows: 700 });
  for (let batch = 0; batch < 5; batch += 1) add(500, batch);
  expect(kept()).toHaveLength(700);
  expect(kept()[0]).toBe(2500);
});

test("those that are too old go, however few there are", () => {
  const { add, kept } = table({ days: 10, rows: 10_000 });
  add(3, 0);
  add(500, 9 * day);
  expect(kept()).toHaveLength(503);
  add(500, 11 * day);
  expect(Math.min(...kept())).toBe(4);
});
