/** One after the other at a daemon of the tests, whichever file they are in: what has the same name in it, and is made once. */
import { dirname, join } from "node:path";
import { type HeldLock, holdLock } from "../../src/file-lock/hold-lock.ts";

/** Waits for its turn. `host`: the daemon, as DOCKER_HOST has it. */
export function turnAt(host: string, name: string): Promise<HeldLock> {
  const folder = dirname(host.slice("unix://".length));
  return holdLock(join(folder, `${name}.lock`), new AbortController().signal, () => {});
}
