/**
 * Watches the host while an engine starts: some take twice their memory for minutes, and a machine whose CPU and GPU
 * share it hangs before the kernel kills anybody.
 */
import { setTimeout as pause } from "node:timers/promises";
import { type HostStrain, type MemoryLimits, strainOf } from "../domain/memory.ts";
import { Problem } from "../domain/problem.ts";

/** A start that was ended so that the machine does not hang. */
export class StartEnded extends Problem {
  constructor(model: string, reason: string) {
    super(
      "insufficient_memory",
      `${model} was ended while it started: ${reason}. It takes more at its start than this machine has. Close other ` +
        "programs, or choose a smaller model; `hearth models show` says what its start takes.",
    );
  }
}

/** Such an engine allocates about 1 GiB in this time. */
const everyMilliseconds = 200;

/**
 * Looks at the host until `until` aborts. The signal that it returns aborts with a `StartEnded` as soon as the start
 * must end; `kill` is called at the same moment.
 */
export function watchStart(
  model: string,
  { strain, limits }: { strain: () => HostStrain; limits: MemoryLimits },
  until: AbortSignal,
  kill: () => void,
): AbortSignal {
  const ended = new AbortController();
  const look = async () => {
    while (!until.aborted) {
      const reason = strainOf(strain(), limits);
      if (reason !== null) {
        ended.abort(new StartEnded(model, reason));
        kill();
        return;
      }
      await pause(everyMilliseconds, undefined, { signal: until, ref: false }).catch(() => {});
    }
  };
  void look();
  return ended.signal;
}
