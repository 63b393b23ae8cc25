/** Everything that outlives a run of Hearth, in SQLite files that are private to their owner. All calls are synchronous. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./database.ts";
import { type Engines, enginesIn } from "./engines.ts";
import { explained, StoreFailure } from "./failure.ts";
import { type Journal, journalIn } from "./journal.ts";
import { type Keys, keysIn } from "./keys.ts";
import { type Loads, loadsIn } from "./loads.ts";
import { journalMigrations, storeMigrations } from "./migrations.ts";

export interface Store {
  /** Names this home among others on the machine; engines carry it, so that only their own Hearth touches them. */
  readonly instance: string;
  keys: Keys;
  loads: Loads;
  engines: Engines;
  journal: Journal;
  /** Writes what is pending. The store is of no use afterwards. */
  close(): void;
}

/**
 * Opens or creates the database. Throws a StoreFailure that names the file and says what to do.
 * `onJournalFailure` hears of journal rows that could not be written (a full disk): Hearth goes on without them.
 */
export function openStore(file: string, onJournalFailure: (error: unknown) => void = () => {}): Store {
  const database = openDatabase(file, storeMigrations, "NORMAL");
  // Apart, since it is written with every request and is worth no wait for the disk; keys are.
  const { database: journalDatabase, journal } = openJournal(join(dirname(file), "journal.db"), onJournalFailure);
  return explained(file, () => {
    return {
      instance: instanceIn(database),
      keys: keysIn(database),
      loads: loadsIn(database),
      engines: enginesIn(database),
      journal,
      close() {
        journal.flush();
        journalDatabase.close();
        database.close();
      },
    };
  });
}

/** A journal that a power cut has damaged is begun anew: Hearth must start without it. */
function openJournal(file: string, onFailure: (error: unknown) => void): { database: DatabaseSync; journal: Journal } {
  const open = () => {
    const database = openDatabase(file, journalMigrations, "OFF");
    return explained(file, () => ({ database, journal: journalIn(database, onFailure) }));
  };
  try {
    return open();
  } catch (error) {
    if (!(error instanceof StoreFailure && error.damaged)) throw error;
    onFailure(error);
    for (const companion of ["", "-wal", "-shm"]) rmSync(file + companion, { force: true });
    return open();
  }
}

function instanceIn(database: DatabaseSync): string {
  database
    .prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('instance', ?)")
    .run(randomBytes(8).toString("hex"));
  return database.prepare("SELECT value FROM meta WHERE name = 'instance'").get()!.value as string;
}
