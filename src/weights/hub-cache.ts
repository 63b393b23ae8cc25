/** Files that another program has fetched from the hub already, in the cache that all of them share. */
import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { WeightsSource } from "../domain/model.ts";

/** Path of the cached file where it has the right size, else null. HF_HUB_CACHE and HF_HOME say where the cache is. */
export async function cachedByHub(
  { repo, file, revision }: Extract<WeightsSource, { kind: "hub" }>,
  bytes: number,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const home = env.HF_HOME ?? join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), ".cache"), "huggingface");
  const folder = join(env.HF_HUB_CACHE ?? join(home, "hub"), `models--${repo.replaceAll("/", "--")}`);
  try {
    const commit = await readFile(join(folder, "refs", revision), "utf8").catch(() => revision);
    const path = join(folder, "snapshots", commit.trim(), file);
    return (await stat(path)).size === bytes ? path : null;
  } catch {
    return null;
  }
}
