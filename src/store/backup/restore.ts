/** Puts a backup in the place of what a home has. For commands: it waits for the disk. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../thread/database.ts";
import { explained } from "../thread/failure.ts";
import { lockHome } from "../thread/home-lock.ts";
import { journalMigrations, storeMigrations } from "../thread/migrations.ts";
import { makePrivate } from "../thread/private-home.ts";
import { dropBackupTables } from "./format.ts";
import { type Backup, readBackup } from "./read.ts";

export interface Restored extends Backup {
  /** The folder with what was there; null where nothing was. */
  before: string | null;
}

/** SQLite's companions belong to the database that they lie beside. */
const companions = ["-wal", "-shm"];

/**
 * Everything of the backup takes its place in the home, brought to the newest schema; what was there is kept in a folder
 * beside it. Weights stay. Rejects with what is in the way (a Hearth that runs there, a backup that cannot be used); then the home
 * is as it was.
 */
export async function restoreBackup(file: string, home: string, notice: (sentence: string) => void): Promise<Restored> {
  const backup = readBackup(file);
  makePrivate(home, notice);
  const lock = await lockHome(home, notice);
  const staged = join(home, "restoring");
  try {
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { mode: 0o700 });
    stage(file, backup, staged);
    const names = readdirSync(staged);
    const before = setAside(home, names);
    for (const name of names) renameSync(join(staged, name), join(home, name));
    return { ...backup, before };
  } finally {
    rmSync(staged, { recursive: true, force: true });
    lock.release();
  }
}

/** As it will be, and opened once: what cannot be opened there replaces nothing. */
function stage(file: string, { files }: Backup, folder: string): void {
  const database = join(folder, "hearth.db");
  copyFileSync(file, database);
  explained(database, () => {
    const copy = new DatabaseSync(database);
    try {
      copy.exec(dropBackupTables);
    } finally {
      copy.close();
    }
  });
  openDatabase(database, storeMigrations, "NORMAL").close();
  for (const { name, content } of files) writeFileSync(join(folder, name), content, { mode: 0o600 });
  if (files.some(({ name }) => name === "journal.db")) {
    openDatabase(join(folder, "journal.db"), journalMigrations, "NORMAL").close();
  }
}

/** What these files would replace, and what else belongs to the present databases. */
function setAside(home: string, names: readonly string[]): string | null {
  const replaced = new Set(["hearth.db", "journal.db", ...names]);
  for (const name of ["hearth.db", "journal.db"]) for (const end of companions) replaced.add(name + end);
  const present = readdirSync(home).filter((name) => replaced.has(name));
  if (present.length === 0) return null;
  const folder = join(home, `before-restore-${new Date().toISOString().replace(/[:.]/g, "-")}`);
  mkdirSync(folder, { mode: 0o700 });
  for (const name of present) renameSync(join(home, name), join(folder, name));
  return folder;
}
