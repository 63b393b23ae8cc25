import { execFile } from "node:child_process";

const limitMilliseconds = 3000;

/** Runs a query; null where there is no nvidia-smi, it fails, or it takes too long. */
export function nvidiaSmi([program, ...args]: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: limitMilliseconds, killSignal: "SIGKILL", encoding: "utf8" } as const;
    execFile(program!, args, options, (error, out) => resolve(error === null ? out : null));
  });
}
