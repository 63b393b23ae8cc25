/** Opening a database file: private to its owner, in WAL mode, with the newest schema. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { explained, StoreFailure } from "./failure.ts";
import type { Migration } from "./migrations.ts";
import { createPrivately } from "./private-file.ts";

/** How long a statement waits for another program (a backup) before it counts as a failure. */
const busyMilliseconds = 5000;

/**
 * `NORMAL`: a power cut may lose the last transactions, never the database. `OFF`: it may lose the database, but no
 * write ever waits for the disk.
 */
export type Synchronous = "NORMAL" | "OFF";

/** Opens or creates a database. Throws a StoreFailure that says what to do. */
export function openDatabase(file: string, migrations: Migration[], synchronous: Synchronous): DatabaseSync {
  createFor(file);
  return explained(file, () => {
    const database = new DatabaseSync(file, { timeout: busyMilliseconds });
    try {
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};`);
      migrate(database, file, migrations);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** SQLite gives its companion files (-wal, -shm) the mode of the database, so this covers all three. */
function createFor(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    createPrivately(file);
  } catch (error) {
    throw new StoreFailure(file, `${(error as Error).message}. Check who owns the directory.`, { cause: error });
  }
}

function migrate(database: DatabaseSync, file: string, migrations: Migration[]): void {
  const newest = migrations.at(-1)!.version;
  if (versionOf(database) === newest) return;
  // Two processes may open a fresh home at once: the version is read again under the lock.
  inTransaction(database, () => {
    const version = versionOf(database);
    if (version > newest) {
      throw new StoreFailure(file, `It was written by a newer Hearth (schema ${version}, this one knows ${newest}).`);
    }
    for (const migration of migrations) {
      if (migration.version > version) database.exec(migration.sql);
    }
    database.exec(`PRAGMA user_version = ${newest}`);
  });
}

/** All of `work`, or nothing of it. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** A write that changes nothing. */
export function proveWritable(database: DatabaseSync): undefined {
  inTransaction(database, () => database.exec(`PRAGMA user_version = ${versionOf(database)}`));
}

function versionOf(database: DatabaseSync): number {
  return database.prepare("PRAGMA user_version").get()!.user_version as number;
}
