import type { DatabaseSync } from "node:sqlite";
import type { EngineRecord } from "../rows.ts";
import { inTransaction } from "./database.ts";

export function enginesTable(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO engines
     (pid, process_start, model, port, api_key, spec_hash, generation, started_at, ready_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const clear = database.prepare("DELETE FROM engines");
  const all = database.prepare("SELECT * FROM engines ORDER BY started_at");
  return {
    set(records: EngineRecord[]): undefined {
      inTransaction(database, () => {
        clear.run();
        for (const r of records) {
          insert.run(
            r.pid,
            r.processStart,
            r.model,
            r.port,
            r.apiKey,
            r.specHash,
            r.generation,
            r.startedAt,
            r.readyAt,
          );
        }
      });
    },
    all: () => all.all().map(recordOf),
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
