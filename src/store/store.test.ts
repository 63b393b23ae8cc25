import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requestRecord } from "../../test/support/gateway/request-record.ts";
import { hashSecret } from "../config/secret-hash.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import { paramsFor } from "../domain/scheduler/params.ts";
import { initialState } from "../domain/scheduler/scheduler.ts";
import { instanceOf } from "./instance-of.ts";
import { readJournal } from "./read-journal.ts";
import type { EngineRecord } from "./rows.ts";
import { openStore, type Store } from "./store.ts";

let home: string;
let open: Store[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "hearth-store-"));
  open = [];
});
afterEach(async () => {
  for (const store of open) await store.close();
  rmSync(home, { recursive: true });
});

async function opened(...more: Parameters<typeof openStore> extends [string, ...infer Rest] ? Rest : never) {
  const store = await openStore(home, ...more);
  open.push(store);
  return store;
}

const engine = (pid: number): EngineRecord => ({
  ...{ pid, model: "a", processStart: "1", port: 1, apiKey: "", specHash: "h", generation: 1 },
  ...{ startedAt: pid, readyAt: null },
});

const record = (id: string, changes: Partial<RequestRecord> = {}) => requestRecord({ id, ...changes });

describe("the store", () => {
  test("is private to its owner, keeps its name, and what it was told, over runs", async () => {
    const first = await opened();
    first.loads.record("a", 12, 100);
    first.serviceTimes.record("a", { chat: 9 });
    first.serviceTimes.record("a", { chat: 10, tokens: 0.1 });
    for (const pid of [1, 2, 3]) first.engines.put(engine(pid));
    first.engines.markReady(2, 50);
    first.engines.remove(1);
    first.journal.checkpoint(1, initialState(), paramsFor("balanced", {}));
    first.journal.append(2, { type: "touch", model: "a" });
    first.requests.add(record("one"));
    const { instance } = first;
    await first.close();
    for (const file of ["hearth.db", "journal.db"]) expect(statSync(join(home, file)).mode & 0o777).toBe(0o600);
    expect([...readJournal(join(home, "journal.db"))].map(({ at }) => at)).toEqual([1, 2]);
    const next = await opened();
    expect(next.instance).toBe(instance);
    expect(instanceOf(home)).toBe(instance);
    expect(next.loads.of("a")).toEqual([12]);
    expect([next.serviceTimes.of("a"), next.serviceTimes.of("b")]).toEqual([{ chat: 10, tokens: 0.1 }, {}]);
    expect(next.engines.list()).toEqual([{ ...engine(2), readyAt: 50 }, engine(3)]);
    expect((await next.requests.find({ limit: 10 })).requests).toEqual([record("one")]);
  });

  test("keeps the most that a model's engines took, and reckons with it from the next run on", async () => {
    const first = await opened();
    first.memoryUses.record("a", "h1", { startPeakGiB: 80, restGiB: 44 });
    first.memoryUses.record("a", "h1", { startPeakGiB: 70, restGiB: 46 });
    expect(first.memoryUses.of("a", "h1")).toEqual({ startPeakGiB: 80, restGiB: 46 });
    expect(first.memoryUses.found("a", "h1")).toBeNull();
    await first.close();
    const next = await opened();
    expect(next.memoryUses.found("a", "h1")).toEqual({ startPeakGiB: 80, restGiB: 46 });
    expect(next.memoryUses.found("a", "other settings")).toBeNull();
  });

  test("keeps the newest twenty loads of a model", async () => {
    const first = await opened();
    for (let seconds = 1; seconds <= 25; seconds += 1) first.loads.record("a", seconds, seconds);
    const newest = Array.from({ length: 20 }, (_, index) => index + 6);
    expect(first.loads.of("a")).toEqual(newest);
    await first.close();
    expect((await opened()).loads.of("a")).toEqual(newest);
  });

  test("is one Hearth's: another one is told who has it, until it has gone", async () => {
    const first = await opened();
    await expect(openStore(home)).rejects.toThrow(`Another Hearth (pid ${process.pid}) runs on ${home}`);
    await first.close();
    await opened();
  });

  test("a file that is no database is refused with what to do, and the home is left free", async () => {
    writeFileSync(join(home, "hearth.db"), "this is a letter, not a database, and long enough to be one");
    await expect(openStore(home)).rejects.toThrow(/hearth\.db cannot be used: .*Move it away/);
    rmSync(join(home, "hearth.db"));
    await opened();
  });

  test("a damaged journal is begun anew, and said so; keys are not touched", async () => {
    const first = await opened();
    const { secret } = await first.keys.create({ name: "ann", models: ["*"], priority: "interactive", role: "user" });
    await first.close();
    writeFileSync(join(home, "journal.db"), "nothing that a power cut would leave whole ".repeat(200));
    const failures: string[] = [];
    const next = await opened({ failing: (message) => failures.push(message), recovered() {}, notice() {} });
    expect(failures).toEqual([expect.stringMatching(/journal\.db cannot be used: .* begun anew/)]);
    expect(next.keys.findByHash(hashSecret(secret))?.name).toBe("ann");
    next.journal.append(1, { type: "touch", model: "a" });
    await next.close();
    expect([...readJournal(join(home, "journal.db"))]).toHaveLength(1);
  });

  test("a database of a newer Hearth is left alone", async () => {
    await (await openStore(home)).close();
    const database = new DatabaseSync(join(home, "hearth.db"));
    database.exec("PRAGMA user_version = 99");
    database.close();
    await expect(openStore(home)).rejects.toThrow(/newer Hearth \(schema 99/);
  });
});

describe("keys", () => {
  const ann = { name: "ann", models: ["a*"], priority: "batch", role: "user" } as const;
  const wanted = () => ({ ...ann, models: [...ann.models] });

  test("a secret is shown once and found by its hash until it is revoked", async () => {
    const { keys } = await opened();
    const { secret } = await keys.create(wanted());
    expect(keys.findByHash(hashSecret(secret))).toMatchObject(ann);
    expect(JSON.stringify(keys.list())).not.toContain(secret);
    await expect(keys.create(wanted())).rejects.toThrow(/named "ann" exists/);
    expect([await keys.revoke("ann"), await keys.revoke("ann")]).toEqual([true, false]);
    expect(keys.findByHash(hashSecret(secret))).toBeNull();
  });

  test("of two creations of one name at once, one succeeds", async () => {
    const { keys } = await opened();
    const results = await Promise.allSettled([keys.create(wanted()), keys.create(wanted())]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(keys.list()).toHaveLength(1);
  });

  test("are on disk when they have been made: a kill loses none", async () => {
    const { keys } = await opened();
    await keys.create(wanted());
    const database = new DatabaseSync(join(home, "hearth.db"), { readOnly: true });
    expect(database.prepare("SELECT name FROM keys").all()).toEqual([{ name: "ann" }]);
    database.close();
  });
});

describe("records of requests", () => {
  test("are found by key and by model asked or served, the newest first, at once", async () => {
    const { requests } = await opened();
    requests.add(record("1"));
    requests.add(record("2", { key: null, modelAsked: "nosuch", modelServed: null, status: 401 }));
    requests.add(record("3", { key: "bob", modelAsked: "small", modelServed: "b" }));
    const ids = async (filter: Parameters<typeof requests.find>[0]) =>
      (await requests.find(filter)).requests.map(({ id }) => id);
    expect(await ids({ limit: 2 })).toEqual(["3", "2"]);
    expect(await ids({ limit: 9, key: "ann" })).toEqual(["1"]);
    expect(await ids({ limit: 9, model: "b" })).toEqual(["3"]);
    expect(await ids({ limit: 9, model: "nosuch" })).toEqual(["2"]);
  });
});
