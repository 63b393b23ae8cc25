/** The guard as a process of its own, in front of a daemon of the tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OwnedProcess } from "./processes/owned-process.ts";
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
  const close = async () => {
    await child.end();
    rmSync(folder, { recursive: true });
    return child.out;
  };
  try {
    await until("the guard answers", async () => {
      if (!child.alive) throw new Error(`the guard ended: ${child.log}`);
      return (await guardCheck(environment)) === 0;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { host, environment, close };
}

/** The exit code of `--check`. */
export async function guardCheck(environment: Record<string, string>): Promise<number | null> {
  const check = runGuard(["--check"], environment);
  const { code } = await check.ends();
  await check.end();
  return code;
}

function runGuard(args: string[], env: Record<string, string>): OwnedProcess {
  return new OwnedProcess(process.execPath, ["src/guard/main.ts", ...args], { env });
}
