/** What a configuration asks for that this machine cannot run. */
import { type EnginePlace, missingHere } from "../domain/engine-place.ts";
import type { ModelSpec } from "../domain/model.ts";

/** What somebody has asked for by name stays in the list, and says why it cannot start: nothing is tried for it. */
export function refusedHere(spec: ModelSpec, place: EnginePlace): ModelSpec {
  const missing = spec.status === "disabled" ? null : missingHere(spec, place);
  return missing === null ? spec : { ...spec, status: "disabled", statusReason: `${missing}.` };
}

/** One sentence for each thing that is missing, with all models that it keeps from starting. */
export function missingWarnings(specs: readonly ModelSpec[], place: EnginePlace): string[] {
  const byReason = Map.groupBy(specs, (spec) => missingHere(spec, place));
  return [...byReason].flatMap(([reason, models]) =>
    reason === null ? [] : [`${models.map(({ id }) => id).join(", ")} cannot run here: ${reason}.`],
  );
}
