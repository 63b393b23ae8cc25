/** ensureWeights in processes of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { WeightsSpec } from "../../../src/domain/model.ts";

const entry = new URL("ensure-process.ts", import.meta.url).pathname;

export interface EnsuringProcess {
  child: ChildProcess;
  progress: { doneBytes: number; totalBytes: number }[];
  /** Resolves to the path; rejects with what it wrote to stderr. */
  path: Promise<string>;
  kill(): Promise<void>;
}

export function ensureInProcess(spec: WeightsSpec, home: string, env: NodeJS.ProcessEnv): EnsuringProcess {
  const child = spawn(process.execPath, [entry, JSON.stringify({ spec, home })], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const progress: EnsuringProcess["progress"] = [];
  let errors = "";
  let found: string | undefined;
  child.stderr.on("data", (text) => {
    errors += text;
  });
  createInterface(child.stdout).on("line", (line) => {
    const said = JSON.parse(line);
    if (said.path === undefined) progress.push(said);
    else found = said.path;
  });
  const ended = once(child, "close");
  const path = ended.then(([code]) => {
    if (code !== 0 || found === undefined) throw new Error(`ended with ${code}: ${errors}`);
    return found;
  });
  // Who kills it does not ask for its path.
  path.catch(() => {});
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { child, progress, path, kill };
}
