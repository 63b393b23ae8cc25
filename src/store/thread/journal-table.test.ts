import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { JournalLimits } from "../journal.ts";
import { journalTable } from "./journal-table.ts";
import { journalMigrations } from "./migrations.ts";

const wide: JournalLimits = { seconds: 1000, bytes: 10_000_000 };

function open(limits: Partial<JournalLimits>) {
  const database = new DatabaseSync(":memory:");
  for (const { sql } of journalMigrations) database.exec(sql);
  const rows = () =>
    database
      .prepare("SELECT kind, at FROM journal ORDER BY id")
      .all()
      .map(({ kind, at }) => `${kind} ${at}`);
  return { rows, again: () => journalTable(database, { ...wide, ...limits }) };
}

test("drops whole parts that are too old, and never the last one", () => {
  const { again, rows } = open({ seconds: 100 });
  const journal = again();
  journal.addCheckpoint({ at: 0, body: "{}" });
  journal.addEvents({ at: 1, body: "[]" });
  journal.addCheckpoint({ at: 90, body: "{}" });
  journal.addEvents({ at: 91, body: "[]" });
  expect(rows()).toEqual(["checkpoint 0", "events 1", "checkpoint 90", "events 91"]);
  journal.addCheckpoint({ at: 150, body: "{}" });
  expect(rows()).toEqual(["checkpoint 90", "events 91", "checkpoint 150"]);
  journal.addCheckpoint({ at: 5000, body: "{}" });
  expect(rows()).toEqual(["checkpoint 5000"]);
});

test("stays within its size, over what an earlier run left too", () => {
  const { again, rows } = open({ bytes: 40_000 });
  const first = again();
  expect(first.tail()).toBe(0);
  first.addCheckpoint({ at: 0, body: "{}" });
  first.addEvents({ at: 1, body: "x".repeat(15_000) });
  const journal = again();
  expect(journal.tail()).toBe(15_002);
  for (const at of [10, 20, 30]) {
    journal.addCheckpoint({ at, body: "{}" });
    journal.addEvents({ at: at + 1, body: "x".repeat(15_000) });
  }
  journal.addCheckpoint({ at: 40, body: "{}" });
  expect(rows()).toEqual(["checkpoint 20", "events 21", "checkpoint 30", "events 31", "checkpoint 40"]);
});
