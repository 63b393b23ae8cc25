/** Everything that outlives a run of Hearth: one SQLite file, private to its owner. All calls are synchronous. */
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./database.ts";
import { type Engines, enginesIn } from "./engines.ts";
import { explained } from "./failure.ts";
import { type Journal, journalIn } from "./journal.ts";
import { type Keys, keysIn } from "./keys.ts";
import { type Loads, loadsIn } from "./loads.ts";

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
  const database = openDatabase(file);
  return explained(file, () => {
    const journal = journalIn(database, onJournalFailure);
    return {
      instance: instanceIn(database),
      keys: keysIn(database),
      loads: loadsIn(database),
      engines: enginesIn(database),
      journal,
      close() {
        journal.flush();
        database.close();
      },
    };
  });
}

function instanceIn(database: DatabaseSync): string {
  database
    .prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('instance', ?)")
    .run(randomBytes(8).toString("hex"));
  return database.prepare("SELECT value FROM meta WHERE name = 'instance'").get()!.value as string;
}
