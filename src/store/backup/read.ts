/** Reads a backup, and finds what is wrong with it before anything is put in its place. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { explained } from "../thread/failure.ts";
import { storeMigrations } from "../thread/migrations.ts";
import { type BackupFacts, backupMark, isKept, type KeptFile } from "./format.ts";

export interface Backup {
  facts: BackupFacts;
  files: KeptFile[];
  /** How many of what people would miss. */
  keys: number;
}

/** Throws an Error that says why it must not be restored: no backup, damaged, of a newer Hearth. Changes nothing. */
export function readBackup(file: string): Backup {
  if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  return explained(file, () => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const mark = database.prepare("PRAGMA application_id").get()!.application_id;
      if (mark !== backupMark) throw new Error(`${file} is no backup of Hearth's: \`hearth backup\` makes one.`);
      refuseDamaged(database, file);
      refuseNewer(database, file);
      const keys = database.prepare("SELECT count(*) AS count FROM keys").get()!.count as number;
      return { facts: factsIn(database), files: filesIn(database, file), keys };
    } finally {
      database.close();
    }
  });
}

function refuseDamaged(database: DatabaseSync, file: string): void {
  const found = database.prepare("PRAGMA integrity_check").all();
  if (found.length === 1 && found[0]!.integrity_check === "ok") return;
  throw new Error(`${file} is damaged (${String(found[0]?.integrity_check).split("\n")[0]}): use another backup.`);
}

function refuseNewer(database: DatabaseSync, file: string): void {
  const version = database.prepare("PRAGMA user_version").get()!.user_version as number;
  const newest = storeMigrations.at(-1)!.version;
  if (version <= newest) return;
  throw new Error(`${file} was made by a newer Hearth (schema ${version}, this one knows ${newest}): update this one.`);
}

function factsIn(database: DatabaseSync): BackupFacts {
  const rows = database.prepare("SELECT name, value FROM backup_facts").all();
  const {
    at = "",
    version = "",
    home = "",
    config = "",
  } = Object.fromEntries(rows.map(({ name, value }) => [String(name), String(value)]));
  return { at, version, home, config };
}

function filesIn(database: DatabaseSync, file: string): KeptFile[] {
  return database
    .prepare("SELECT name, sha256, content FROM backup_files ORDER BY name")
    .all()
    .map((row) => {
      const { name, sha256 } = row as { name: string; sha256: string };
      const content = row.content as Uint8Array;
      if (!isKept(name)) throw new Error(`${file} holds ${JSON.stringify(name)}, which no backup of Hearth's has.`);
      if (createHash("sha256").update(content).digest("hex") !== sha256) {
        throw new Error(`${file} is damaged: its ${name} is not what was put into it. Use another backup.`);
      }
      return { name, sha256, content };
    });
}
