/** What engines' volumes hold of the hub: looked at, read through, removed. */
import { z } from "zod";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { runInVolume, ScriptFailure } from "./volume-script.ts";

const found = z.object({
  repo: z.string(),
  bytes: z.number(),
  whole: z.boolean(),
  changedAt: z.number().nullable(),
});

/** A repository on the disk, whole or not. */
export type KeptRepository = z.output<typeof found>;

export interface KeptOptions {
  signal: AbortSignal;
  host?: string | undefined;
}

const file = "weights_on_disk.py";

/** Everything below HF_HOME of this engine's containers. Rejects where its image is not here. */
export async function keptRepositories(runtime: ContainerRuntime, options: KeptOptions): Promise<KeptRepository[]> {
  const kept: KeptRepository[] = [];
  const hear = (line: string) => {
    const { data } = found.safeParse(parsed(line));
    if (data !== undefined) kept.push(data);
  };
  await runInVolume(runtime, { name: `list ${placeOf(runtime)}`, file, args: ["list"] }, { ...options, hear });
  return kept;
}

/** Takes one away, with what was begun of it. */
export async function removeRepository(runtime: ContainerRuntime, repo: string, options: KeptOptions): Promise<void> {
  await runInVolume(runtime, { name: `remove ${repo}`, file, args: ["remove", repo] }, { ...options, hear() {} });
}

/** Reads all of one. Resolves to what is wrong with it, a line each; what is damaged is removed, to be fetched anew. */
export async function verifyRepository(
  runtime: ContainerRuntime,
  repo: string,
  { onProgress, ...options }: KeptOptions & { onProgress(doneBytes: number, totalBytes: number): void },
): Promise<string[]> {
  const hear = (line: string) => {
    const [, done, total] = /^bytes (\d+) (\d+)$/.exec(line) ?? [];
    if (total !== undefined) onProgress(Number(done), Number(total));
  };
  try {
    await runInVolume(runtime, { name: `verify ${repo}`, file, args: ["verify", repo] }, { ...options, hear });
    return [];
  } catch (error) {
    if (error instanceof ScriptFailure) return error.said.split("\n").filter((line) => !line.startsWith("bytes "));
    throw error;
  }
}

/** Where an engine's containers keep what they fetch: the volume's name, or the folder's. */
export function placeOf({ mounts, env }: ContainerRuntime): string {
  const home = env.HF_HOME ?? "/root/.cache/huggingface";
  const mount = mounts.find(({ target }) => home === target || home.startsWith(`${target}/`));
  return mount === undefined ? "its container" : mount.source;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
