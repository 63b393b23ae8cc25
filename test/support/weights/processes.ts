/** ensureWeights in processes of their own. */
import type { WeightsSpec } from "../../../src/domain/model.ts";
import { OwnedProcess } from "../processes/owned-process.ts";

const entry = new URL("ensure-process.ts", import.meta.url).pathname;

export interface EnsuringProcess {
  /** What it has said so far. */
  progress(): { doneBytes: number; totalBytes: number }[];
  /** Resolves to the path; rejects with what it wrote. */
  path: Promise<string>;
  kill(): Promise<unknown>;
}

export function ensureInProcess(spec: WeightsSpec, home: string, env: NodeJS.ProcessEnv): EnsuringProcess {
  const child = new OwnedProcess(process.execPath, [entry, JSON.stringify({ spec, home })], {
    name: `ensureWeights of ${home}`,
    env: { ...process.env, ...env },
  });
  const said = () =>
    child.out
      .slice(0, child.out.lastIndexOf("\n") + 1)
      .split("\n")
      .filter(Boolean)
      .map(parse);
  const path = child.ends().then(async ({ code }) => {
    await child.end();
    const found = said().find((line) => "path" in line);
    if (code !== 0 || found === undefined) throw new Error(`ended with ${code}: ${child.log}`);
    return found.path;
  });
  // Who kills it does not ask for its path.
  path.catch(() => {});
  return { progress: () => said().filter((line) => "doneBytes" in line), path, kill: () => child.end("SIGKILL") };
}

function parse(line: string): { path: string } | { doneBytes: number; totalBytes: number } {
  return JSON.parse(line);
}
