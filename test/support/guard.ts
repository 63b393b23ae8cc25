/** The guard as a process of its own, in front of a daemon of the tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { until } from "./until.ts";

export interface RunningGuard {
  /** `unix:///...` or `tcp://...`. */
  host: string;
  environment: Record<string, string>;
  /** What it has logged, once it has ended. */
  close(): Promise<string>;
}

export async function startGuard(docker: string, settings: Record<string, string>): Promise<RunningGuard> {
  const folder = mkdtempSync(join(tmpdir(), "hearth-guard-"));
  const host = settings.HEARTH_GUARD_LISTEN ?? `unix://${join(folder, "docker.sock")}`;
  const environment = { DOCKER_HOST: docker, HEARTH_GUARD_LISTEN: host, ...settings };
  const child = runGuard([], environment);
  const log = text(child.stdout!);
  const close = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true });
    return log;
  };
  try {
    await until("the guard answers", async () => {
      if (child.exitCode !== null) throw new Error(`the guard ended: ${await log}`);
      return (await guardCheck(environment)) === 0;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { host, environment, close };
}

/** The exit code of `--check`. */
export async function guardCheck(environment: Record<string, string>): Promise<number> {
  const [code] = (await once(runGuard(["--check"], environment), "exit")) as [number];
  return code;
}

function runGuard(args: string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["src/guard/main.ts", ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", args.length === 0 ? "inherit" : "ignore"],
  });
}
