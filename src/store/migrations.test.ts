/** Homes of every earlier schema, with a row in each table, opened by the present Hearth. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeBackup } from "./backup/make.ts";
import { restoreBackup } from "./backup/restore.ts";
import { openStore } from "./store.ts";
import { storeMigrations } from "./thread/migrations.ts";

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-migrations-"));
  home = join(folder, "home");
  mkdirSync(home);
});
afterEach(() => rmSync(folder, { recursive: true }));

const newest = storeMigrations.at(-1)!.version;
const earlier = storeMigrations.map(({ version }) => version).filter((version) => version < newest);

/** What a column of this name holds, where any text will not do. */
const known: Record<string, string | number> = {
  models: '["*"]',
  priority: "interactive",
  role: "admin",
  admin: 1,
  fixups: "[]",
  options: "{}",
  details: "{}",
};

function homeOf(version: number): void {
  const database = new DatabaseSync(join(home, "hearth.db"));
  for (const migration of storeMigrations.filter((one) => one.version <= version)) database.exec(migration.sql);
  database.exec(`PRAGMA user_version = ${version}`);
  for (const table of tablesOf(database)) {
    const columns = database.prepare(`PRAGMA table_info(${table})`).all() as { name: string; type: string }[];
    const values = columns.map(
      ({ name, type }) => known[name] ?? (type === "BLOB" ? Buffer.of() : type === "TEXT" ? "a" : 1),
    );
    const places = columns.map(() => "?").join(", ");
    database.prepare(`INSERT INTO ${table} VALUES (${places})`).run(...values);
  }
  // Before it was written down, a home with a past counted as one that has had keys.
  if (version >= 3) database.exec("UPDATE meta SET name = 'own-keys', value = 'ever'");
  database.close();
}

function tablesOf(database: DatabaseSync): string[] {
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  return rows.map(({ name }) => String(name));
}

/** How many rows each table has, and what SQLite thinks of the file. */
function stateOf(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()!.n;
  const rows = Object.fromEntries(tablesOf(database).map((table) => [table, count(table)]));
  const { integrity_check: integrity } = database.prepare("PRAGMA integrity_check").get()!;
  const { user_version: version } = database.prepare("PRAGMA user_version").get()!;
  database.close();
  return { rows, integrity, version };
}

async function isWhole(): Promise<void> {
  const store = await openStore(home);
  expect(store.keys.list().map(({ name, models, role }) => ({ name, models, role }))).toEqual([
    { name: "a", models: ["*"], role: "admin" },
  ]);
  expect(store.ownKeys.state).toBe("ever");
  expect(store.loads.of("a")).toEqual([1]);
  await store.close();
}

describe.each(earlier)("a home of schema %i", (version) => {
  test("loses nothing, and is of the newest afterwards", async () => {
    homeOf(version);
    const before = stateOf(join(home, "hearth.db"));
    expect(before.version).toBe(version);
    await isWhole();
    const after = stateOf(join(home, "hearth.db"));
    expect([after.integrity, after.version]).toEqual(["ok", newest]);
    for (const [table, count] of Object.entries(before.rows)) {
      expect([table, Number(after.rows[table])]).toEqual([table, expect.toSatisfy((now) => now >= Number(count))]);
    }
  });
});

test("a backup of the first schema comes back", async () => {
  homeOf(earlier[0]!);
  makeBackup({ home, configFile: null, version: "then" }, join(folder, "backup"));
  await restoreBackup(join(folder, "backup"), home, () => {});
  await isWhole();
});
