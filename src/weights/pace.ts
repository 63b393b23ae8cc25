/** How fast downloads come to this machine, so that people know what fetching something again would cost. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { weightsFolder } from "./kept-files.ts";

/** Less says more of the hub's mood than of the line. */
const tellingBytes = 10_000_000;

/** Bytes per second of the newest download that was long enough; null where there was none. */
export async function paceOf(home: string): Promise<number | null> {
  const text = await readFile(paceFile(home), "utf8").catch(() => "");
  const pace = Number(text);
  return pace > 0 ? pace : null;
}

/** Follows one download: `reached` hears how much is there, whenever that changes; `over` keeps what came of it. */
export function measurePace(home: string, now: () => number = () => performance.now() / 1000) {
  let first: { at: number; bytes: number } | null = null;
  let last = { at: 0, bytes: 0 };
  return {
    reached(bytes: number): void {
      last = { at: now(), bytes };
      first ??= last;
    },
    async over(): Promise<void> {
      const came = last.bytes - (first?.bytes ?? 0);
      const seconds = last.at - (first?.at ?? 0);
      if (came < tellingBytes || seconds <= 0) return;
      await mkdir(join(weightsFolder(home), ".state"), { recursive: true, mode: 0o700 });
      await writeFile(paceFile(home), String(Math.round(came / seconds)));
    },
  };
}

const paceFile = (home: string) => join(weightsFolder(home), ".state", "pace");
