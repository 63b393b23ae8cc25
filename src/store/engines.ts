import type { Outbox } from "./outbox.ts";
import type { EngineRecord } from "./rows.ts";

/**
 * What runs, in memory, and written as a whole whenever it changes: a write that failed is made up for by the next one,
 * and is tried again until the disk takes it.
 *
 * Nobody waits for the disk, so a kill -9 can lose what happened in the last moment (the milliseconds of one write; as
 * long as the disk refuses, where it does). What that costs: an engine started in that moment is found by the mark
 * in its environment instead, as are engines whose file was lost; only one that had overwritten its environment by then
 * is not. `readyAt` counts from its adoption. An engine that ended in that moment is looked for and not there.
 */
export interface Engines {
  put(record: EngineRecord): void;
  markReady(pid: number, at: number): void;
  remove(pid: number): void;
  list(): EngineRecord[];
}

/** For those who start none and look for none. */
export const noEngines: Engines = { put() {}, markReady() {}, remove() {}, list: () => [] };

export function storedEngines(outbox: Outbox, found: EngineRecord[]): Engines {
  const engines = new Map(found.map((record) => [record.pid, record]));
  const write = () => outbox.keep({ name: "setEngines", input: [...engines.values()] });
  return {
    put(record) {
      engines.set(record.pid, record);
      write();
    },
    markReady(pid, at) {
      const record = engines.get(pid);
      if (record === undefined) return;
      engines.set(pid, { ...record, readyAt: at });
      write();
    },
    remove(pid) {
      if (engines.delete(pid)) write();
    },
    list: () => [...engines.values()],
  };
}
