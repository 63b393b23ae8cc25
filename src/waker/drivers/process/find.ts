/** Engines that an earlier run of this instance left behind. */
import { setTimeout as pause } from "node:timers/promises";
import type { EngineRecord } from "../../../store/rows.ts";
import type { Engine, ExitReason } from "../../driver.ts";
import { processEngine } from "./engine.ts";
import { type EngineIdentity, identityFrom } from "./identity.ts";
import { logPath } from "./logs.ts";
import { environmentOf, processEntry, processTable } from "./process-table.ts";

export interface FoundParts {
  home: string;
  instance: string;
  records: EngineRecord[];
  onGone: (pid: number) => void;
}

/** How soon the death of a process is noticed that is not our child. */
const watchMilliseconds = 200;

/**
 * Two sources, since each has a blind spot: the records name pid and start time (a process may overwrite its
 * environment), the environment of living processes names the instance (the record may not have been written).
 */
export function findEngines(parts: FoundParts): Engine[] {
  const leaders = new Map<number, EngineIdentity>();
  for (const record of parts.records) {
    const entry = processEntry(record.pid);
    if (entry !== null && !entry.zombie && entry.start === record.processStart) leaders.set(record.pid, record);
  }
  const marked = new Set([...leaders.values()].map(sameEngine));
  for (const entry of processTable()) {
    if (entry.zombie || entry.pid === process.pid || leaders.has(entry.session)) continue;
    const identity = identityFrom(environmentOf(entry.pid) ?? new Map(), parts.instance);
    // A helper that left its engine's session goes down with it by its mark (process-group.ts).
    if (identity === null || marked.has(sameEngine(identity))) continue;
    marked.add(sameEngine(identity));
    leaders.set(entry.session, identity);
  }
  for (const { pid } of parts.records) if (!leaders.has(pid)) parts.onGone(pid);
  return [...leaders].map(([pid, identity]) =>
    processEngine({
      identity,
      instance: parts.instance,
      pid,
      logFile: logPath(parts.home, identity.model),
      exited: watch(pid),
      onStop: () => {},
      onGone: () => parts.onGone(pid),
    }),
  );
}

function sameEngine({ generation, port }: EngineIdentity): string {
  return `${generation}.${port}`;
}

/** Only a parent hears of a process's end; anybody else has to look. */
async function watch(pid: number): Promise<ExitReason> {
  const start = processEntry(pid)?.start;
  for (;;) {
    const entry = processEntry(pid);
    if (entry === null || entry.zombie || entry.start !== start) break;
    await pause(watchMilliseconds, undefined, { ref: false });
  }
  const text = "ended; how is not known, since an earlier run of Hearth had started it";
  return { code: null, signal: null, text };
}
