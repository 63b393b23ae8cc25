import { rm } from "node:fs/promises";
import type { WeightsSpec } from "../domain/model.ts";
import { Problem } from "../domain/problem.ts";
import { requireRightBytes } from "./check.ts";
import { keptPath } from "./kept-files.ts";
import { placesOf } from "./places.ts";
import { WrongBytes } from "./source.ts";
import { forgetStamps } from "./stamps.ts";

export interface VerifyOptions {
  home: string;
  signal: AbortSignal;
  onProgress: (doneBytes: number) => void;
}

/** Reads the whole file. Rejects with a Problem where it is missing or not what the model means; then it is fetched anew. */
export async function verifyWeights(spec: WeightsSpec, { home, signal, onProgress }: VerifyOptions): Promise<void> {
  const places = placesOf(home, spec.file);
  const path = await keptPath(spec, home);
  const again = "`hearth pull` of its model fetches it.";
  if (path === null) throw new Problem("model_unavailable", `${spec.file} is not here. ${again}`);
  try {
    await requireRightBytes(path, spec, signal, onProgress);
  } catch (error) {
    if (!(error instanceof WrongBytes)) throw error;
    await forgetStamps(places.state);
    if (path === places.target) await rm(path, { force: true });
    const rest =
      path === places.target ? `It is removed; ${again}` : "It is yours, so it stays: put the right one there.";
    throw new Problem("model_unavailable", `${path} ${error.message.replace("gave", "has")}. ${rest}`);
  }
}
