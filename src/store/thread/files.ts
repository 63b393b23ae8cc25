/** All of a home's files that are SQLite's, opened together: the lock, the database, the journal. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { dayOf, type UsageFilter } from "../../domain/usage.ts";
import type { Doers, Opened } from "../tasks.ts";
import { auditTable } from "./audit-table.ts";
import { openDatabase, proveWritable } from "./database.ts";
import { enginesTable } from "./engines-table.ts";
import { explained, StoreFailure } from "./failure.ts";
import { lockHome } from "./home-lock.ts";
import { instanceIn } from "./instance.ts";
import { journalTable } from "./journal-table.ts";
import { keysTable } from "./keys-table.ts";
import { loadsTable } from "./loads-table.ts";
import { memoryUsesTable } from "./memory-uses-table.ts";
import { journalMigrations, storeMigrations } from "./migrations.ts";
import { ownKeysRow } from "./own-keys-row.ts";
import { makePrivate } from "./private-home.ts";
import { requestsTable } from "./requests-table.ts";
import { serviceTimesTable } from "./service-times-table.ts";
import { findUsage, modelUses, spentSince } from "./usage-query.ts";

export interface Files {
  opened: Opened;
  doers: Doers;
  /** Lets the next Hearth on this home know that it is worth waiting. */
  stopping(): void;
  close(): void;
}

/** Takes the home and opens its files. Rejects with an error that says what is in the way and what to do. */
export async function openFiles(home: string, notice: (sentence: string) => void): Promise<Files> {
  makePrivate(home, notice);
  const lock = await lockHome(home, notice);
  try {
    const { database, ...store } = openStoreFile(join(home, "hearth.db"));
    const { database: journalDatabase, journal, lost } = openJournal(join(home, "journal.db"));
    return {
      opened: { ...store.opened, instance: instanceIn(home), journalTail: journal.tail(), journalLost: lost },
      doers: {
        ...store.doers,
        addEvents: journal.addEvents,
        addCheckpoint: journal.addCheckpoint,
        proveJournal: () => proveWritable(journalDatabase),
      },
      stopping: lock.stopping,
      close() {
        journalDatabase.close();
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openStoreFile(file: string) {
  const database = openDatabase(file, storeMigrations, "NORMAL");
  return explained(file, () => {
    const keys = keysTable(database);
    const ownKeys = ownKeysRow(database);
    const loads = loadsTable(database);
    const serviceTimes = serviceTimesTable(database);
    const memoryUses = memoryUsesTable(database);
    const engines = enginesTable(database);
    const requests = requestsTable(database);
    const audit = auditTable(database);
    return {
      database,
      opened: {
        keys: keys.all(),
        ownKeys: ownKeys.get(),
        keyUses: requests.keyUses(),
        spent: spentSince(database, `${dayOf(Date.now() / 1000).slice(0, "2026-11".length)}-01`),
        engines: engines.all(),
        loads: loads.all(),
        serviceTimes: serviceTimes.all(),
        memoryUses: memoryUses.all(),
      },
      doers: {
        addKey: keys.add,
        setKey: keys.set,
        removeKey: keys.remove,
        setOwnKeys: ownKeys.set,
        setEngines: engines.set,
        addLoad: loads.add,
        setServiceTimes: serviceTimes.set,
        setMemoryUse: memoryUses.set,
        addRequests: requests.add,
        keepRequests: requests.keep,
        findRequests: requests.find,
        findUsage: (filter: UsageFilter) => findUsage(database, filter),
        addAudit: audit.add,
        findAudit: audit.find,
        modelUses: () => modelUses(database),
        proveStore: () => proveWritable(database),
      },
    };
  });
}

interface OpenJournal {
  database: DatabaseSync;
  journal: ReturnType<typeof journalTable>;
  /** It was damaged: why. */
  lost: string | null;
}

/** A journal that a power cut has damaged is begun anew: Hearth must start without it. */
function openJournal(file: string): OpenJournal {
  const open = (lost: string | null) => {
    const database = openDatabase(file, journalMigrations, "OFF");
    return explained(file, () => ({ database, journal: journalTable(database), lost }));
  };
  try {
    return open(null);
  } catch (error) {
    if (!(error instanceof StoreFailure && error.damaged)) throw error;
    for (const companion of ["", "-wal", "-shm"]) rmSync(file + companion, { force: true });
    return open(error.message);
  }
}
