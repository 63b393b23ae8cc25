/** What a model costs before its first word, and how fast it then writes. */
import type { Costs, Speed } from "../domain/choice-view.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { guessedCpuSpeed } from "./cpu-speed.ts";

/** `processors`: of the machine, for models that run on them; null where that is not known. */
export function costsOf({ facts, track }: CatalogModel, spec: ModelSpec, processors: number | null): Costs {
  const { minutes } = track?.build ?? {};
  const built = track?.source === "build";
  const bytes = spec.weights?.bytes ?? facts.footprint?.weights ?? null;
  return {
    downloadGB: bytes === null ? null : Math.ceil(bytes / 1e8) / 10,
    image: track === undefined ? "none" : built ? "built" : "pulled",
    buildMinutes: built && minutes !== undefined ? { from: minutes.from, to: minutes.to } : null,
    login: track?.registryLogin ?? null,
    secondsToFirstWord: spec.loadSeconds,
    tokensPerSecond: speedOf(facts, spec, processors),
  };
}

function speedOf({ expected }: CatalogModel["facts"], spec: ModelSpec, processors: number | null): Speed | null {
  const known = expected?.tokensPerSecond;
  if (known !== undefined) return { ...known, guessed: false };
  if (processors === null || spec.runtime.kind !== "embedded" || spec.weights === undefined) return null;
  const guess = guessedCpuSpeed(spec.weights.bytes, processors);
  return { from: guess, to: guess, source: `a guess from its size and ${processors} processors`, guessed: true };
}

/** `28 to 33`, or one figure. */
export function range({ from, to }: { from: number; to: number }): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}
