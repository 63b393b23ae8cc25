import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashSecret } from "../config/secret-hash.ts";
import { paramsFor } from "../domain/scheduler/params.ts";
import { initialState } from "../domain/scheduler/scheduler.ts";
import type { SchedulerEvent } from "../domain/scheduler/types.ts";
import { openDatabase } from "./database.ts";
import { type JournalLimits, journalIn } from "./journal.ts";
import { journalMigrations } from "./migrations.ts";
import { openStore } from "./store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const event = (model: string): SchedulerEvent => ({ type: "touch", model });

describe("the store", () => {
  test("is private to its owner, keeps its name, and what it was told, over runs", () => {
    const file = join(folder, "hearth.db");
    const first = openStore(file);
    first.loads.record("a", 12, 100);
    first.journal.append(1, event("a"));
    const { instance } = first;
    first.close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "journal.db")).mode & 0o777).toBe(0o600);
    const next = openStore(file);
    expect(next.instance).toBe(instance);
    expect(next.loads.of("a")).toEqual([12]);
    expect([...next.journal.read()]).toEqual([{ kind: "event", at: 1, event: event("a") }]);
    next.close();
  });

  test("a file that is no database is refused with what to do", () => {
    const file = join(folder, "hearth.db");
    writeFileSync(file, "this is a letter, not a database, and long enough to be one");
    expect(() => openStore(file)).toThrow(/hearth\.db cannot be used: .*Move it away/);
  });

  test("a damaged journal is begun anew, and said so; keys are not touched", () => {
    const file = join(folder, "hearth.db");
    const first = openStore(file);
    const { secret } = first.keys.create({ name: "ann", models: ["*"], priority: "interactive", admin: false });
    first.close();
    writeFileSync(join(folder, "journal.db"), "nothing that a power cut would leave whole ".repeat(200));
    const failures: unknown[] = [];
    const next = openStore(file, (error) => failures.push(error));
    expect(failures.map(String)).toEqual([expect.stringContaining("journal.db cannot be used")]);
    expect(next.keys.findByHash(hashSecret(secret))?.name).toBe("ann");
    next.journal.append(1, event("a"));
    expect([...next.journal.read()]).toHaveLength(1);
    next.close();
  });

  test("a database of a newer Hearth is left alone", () => {
    const file = join(folder, "hearth.db");
    openStore(file).close();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => openStore(file)).toThrow(/newer Hearth \(schema 99/);
  });
});

describe("keys", () => {
  test("a secret is shown once and found by its hash until it is revoked", () => {
    const store = openStore(join(folder, "hearth.db"));
    const wanted = { name: "ann", models: ["a*"], priority: "batch", admin: false } as const;
    const { secret } = store.keys.create({ ...wanted, models: ["a*"] });
    expect(store.keys.findByHash(hashSecret(secret))).toMatchObject(wanted);
    expect(JSON.stringify(store.keys.list())).not.toContain(secret);
    expect(() => store.keys.create({ ...wanted, models: [] })).toThrow(/named "ann" exists/);
    expect([store.keys.revoke("ann"), store.keys.revoke("ann")]).toEqual([true, false]);
    expect(store.keys.findByHash(hashSecret(secret))).toBeNull();
    store.close();
  });
});

describe("the journal", () => {
  const params = paramsFor("balanced", {});
  const wide: JournalLimits = { seconds: 1000, bytes: 10_000_000, flushMilliseconds: 60_000 };
  const open = (limits: Partial<JournalLimits>, failures: unknown[] = []) => {
    const database = openDatabase(join(folder, "journal.db"), journalMigrations, "OFF");
    return { database, journal: journalIn(database, (error) => failures.push(error), { ...wide, ...limits }) };
  };
  const kinds = (journal: ReturnType<typeof open>["journal"]) =>
    [...journal.read()].map((entry) => (entry.kind === "event" ? entry.at : `checkpoint ${entry.at}`));

  test("gives back what it was told, in order, with the state from which to fold", () => {
    const { journal } = open({});
    journal.checkpoint(1, initialState(), params);
    journal.append(2, event("a"));
    journal.append(3, event("b"));
    expect(kinds(journal)).toEqual(["checkpoint 1", 2, 3]);
    expect(journal.read().next().value).toEqual({ kind: "checkpoint", at: 1, state: initialState(), params });
  });

  test("drops whole parts that are too old, and never the last one", () => {
    const { journal } = open({ seconds: 100 });
    journal.checkpoint(0, initialState(), params);
    journal.append(1, event("a"));
    journal.checkpoint(90, initialState(), params);
    journal.append(91, event("a"));
    expect(kinds(journal)).toEqual(["checkpoint 0", 1, "checkpoint 90", 91]);
    journal.checkpoint(150, initialState(), params);
    expect(kinds(journal)).toEqual(["checkpoint 90", 91, "checkpoint 150"]);
    journal.checkpoint(5000, initialState(), params);
    expect(kinds(journal)).toEqual(["checkpoint 5000"]);
  });

  test("stays within its size, and says when a checkpoint is due, also over what an earlier run left", () => {
    const first = open({ bytes: 40_000 });
    first.journal.checkpoint(0, initialState(), params);
    expect(first.journal.due).toBe(false);
    first.journal.append(1, event("x".repeat(15_000)));
    first.journal.flush();
    expect(first.journal.due).toBe(true);
    first.database.close();
    const { journal } = open({ bytes: 40_000 });
    for (const at of [10, 20, 30]) {
      journal.checkpoint(at, initialState(), params);
      journal.append(at + 1, event("x".repeat(15_000)));
    }
    journal.checkpoint(40, initialState(), params);
    expect(kinds(journal)).toEqual(["checkpoint 20", 21, "checkpoint 30", 31, "checkpoint 40"]);
  });

  test("a failure to write is told, and costs nothing but the rows", () => {
    const failures: unknown[] = [];
    const { database, journal } = open({}, failures);
    database.exec("DROP TABLE journal");
    journal.append(1, event("a"));
    journal.flush();
    expect(failures).toHaveLength(1);
  });
});
