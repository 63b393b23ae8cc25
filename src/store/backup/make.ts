/** Makes a backup of a home, also of one that is in use. For commands: it waits for the disk. */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { explained } from "../thread/failure.ts";
import { createPrivately } from "../thread/private-file.ts";
import { type BackupFacts, backupMark, backupTables, isKept } from "./format.ts";

export interface BackupOrder {
  home: string;
  /** The configuration in use, in the home or elsewhere; null where there is none. */
  configFile: string | null;
  /** Of this Hearth. */
  version: string;
}

/** How long a reader waits for a writer; under WAL it hardly ever does. */
const busyMilliseconds = 10_000;

/**
 * Writes the backup to `target`, whole or not at all, for its owner alone. What was acknowledged before it began is in it,
 * and no writer waits for it. Throws an Error that says what is in the way.
 */
export function makeBackup({ home, configFile, version }: BackupOrder, target: string): BackupFacts {
  const database = join(home, "hearth.db");
  if (!existsSync(database)) throw new Error(`There is nothing to back up: no Hearth has run on ${home}.`);
  if (existsSync(target)) throw new Error(`${target} is there already, and no backup replaces another one.`);
  const facts = { at: new Date().toISOString(), version, home, config: configFile ?? "" };
  const unfinished = `${target}.new`;
  rmSync(unfinished, { force: true });
  try {
    snapshot(database, unfinished);
    addFiles(unfinished, facts, filesOf(home, configFile, unfinished));
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return facts;
}

/** One read transaction: the database as it is at this moment, without what was deleted from it. */
function snapshot(file: string, target: string): void {
  createPrivately(target);
  explained(file, () => {
    const database = new DatabaseSync(file, { readOnly: true, timeout: busyMilliseconds });
    try {
      database.prepare("VACUUM INTO ?").run(target);
    } finally {
      database.close();
    }
  });
}

function filesOf(home: string, configFile: string | null, beside: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(home).filter(isKept)) {
    files.set(name, name === "journal.db" ? journalOf(home, beside) : readFileSync(join(home, name)));
  }
  // One that lies elsewhere is the one in use, and comes back as the home's.
  if (configFile !== null) files.set("hearth.yaml", readFileSync(configFile));
  return files;
}

function journalOf(home: string, beside: string): Uint8Array {
  const copy = `${beside}.journal`;
  rmSync(copy, { force: true });
  try {
    snapshot(join(home, "journal.db"), copy);
    return readFileSync(copy);
  } finally {
    rmSync(copy, { force: true });
  }
}

function addFiles(file: string, facts: BackupFacts, files: ReadonlyMap<string, Uint8Array>): void {
  explained(file, () => {
    const database = new DatabaseSync(file);
    try {
      database.exec(`BEGIN; ${backupTables} PRAGMA application_id = ${backupMark};`);
      const fact = database.prepare("INSERT INTO backup_facts (name, value) VALUES (?, ?)");
      for (const [name, value] of Object.entries(facts)) fact.run(name, value);
      const row = database.prepare("INSERT INTO backup_files (name, sha256, content) VALUES (?, ?, ?)");
      for (const [name, content] of files) row.run(name, createHash("sha256").update(content).digest("hex"), content);
      database.exec("COMMIT");
    } finally {
      database.close();
    }
  });
  const descriptor = openSync(file, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
