import type { DatabaseSync } from "node:sqlite";

/** An engine that this instance started, written down so that the next run finds it if this one is killed. */
export interface EngineRecord {
  model: string;
  /** Leader of the engine's process group. */
  pid: number;
  /** When that process started, in the kernel's words: tells it from a later one with the same pid. */
  processStart: string;
  port: number;
  apiKey: string;
  specHash: string;
  generation: number;
  /** Seconds since the epoch. */
  startedAt: number;
  readyAt: number | null;
}

export interface Engines {
  put(record: EngineRecord): void;
  markReady(pid: number, at: number): void;
  remove(pid: number): void;
  list(): EngineRecord[];
}

export function enginesIn(database: DatabaseSync): Engines {
  const put = database.prepare(
    `INSERT OR REPLACE INTO engines
     (pid, process_start, model, port, api_key, spec_hash, generation, started_at, ready_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const markReady = database.prepare("UPDATE engines SET ready_at = ? WHERE pid = ?");
  const remove = database.prepare("DELETE FROM engines WHERE pid = ?");
  const list = database.prepare("SELECT * FROM engines ORDER BY started_at");
  return {
    put: (r) => {
      put.run(r.pid, r.processStart, r.model, r.port, r.apiKey, r.specHash, r.generation, r.startedAt, r.readyAt);
    },
    markReady: (pid, at) => {
      markReady.run(at, pid);
    },
    remove: (pid) => {
      remove.run(pid);
    },
    list: () => list.all().map(recordOf),
  };
}

function recordOf(row: Record<string, unknown>): EngineRecord {
  return {
    pid: row.pid as number,
    processStart: row.process_start as string,
    model: row.model as string,
    port: row.port as number,
    apiKey: row.api_key as string,
    specHash: row.spec_hash as string,
    generation: row.generation as number,
    startedAt: row.started_at as number,
    readyAt: row.ready_at as number | null,
  };
}
