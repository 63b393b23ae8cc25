import { execFile } from "node:child_process";

/** The first question after a boot wakes the driver, which takes seconds; no answer would mean no GPU. */
const limitMilliseconds = 15_000;

/** Runs a query; null where there is no nvidia-smi, it fails, or it takes too long. */
export function nvidiaSmi([program, ...args]: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: limitMilliseconds, killSignal: "SIGKILL", encoding: "utf8" } as const;
    execFile(program!, args, options, (error, out) => resolve(error === null ? out : null));
  });
}
