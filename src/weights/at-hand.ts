/** What would have to be fetched, and whether it could be: asked before anybody waits for it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { HUB_URL } from "@huggingface/hub";
import type { WeightsSpec } from "../domain/model.ts";
import { httpClient } from "./http-client.ts";
import { cachedByHub } from "./hub-cache.ts";
import { usualPatience } from "./patience.ts";

/** Whether the file lies on this machine, here or where other programs keep theirs. Its bytes are not read. */
export async function isAtHand(
  { file, bytes, sources }: WeightsSpec,
  home: string,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (existsSync(join(home, "weights", file))) return true;
  for (const source of sources) {
    if (source.kind === "file" && existsSync(source.path)) return true;
    if (source.kind === "hub" && (await cachedByHub(source, bytes, env)) !== null) return true;
  }
  return false;
}

/** Longer than a hub that answers at all ever takes, and no longer than a person waits for a first line. */
const limitMilliseconds = 2000;

/** The hub's host where it does not answer, else null. Bounded by two seconds; never rejects. */
export async function unreachableHub(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | null> {
  const hub = env.HF_ENDPOINT || HUB_URL;
  const { host } = new URL(hub);
  if (env.HF_HUB_OFFLINE === "1") return host;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMilliseconds)]);
  const client = httpClient(usualPatience, env, limited);
  try {
    // Whatever it answers, it is there.
    await client.fetch(hub, { method: "HEAD", redirect: "manual" });
    return null;
  } catch {
    return host;
  } finally {
    await client.close();
  }
}
