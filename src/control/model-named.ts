import { nearestNames } from "../domain/nearest.ts";
import { Problem } from "../domain/problem.ts";
import type { Link, ModelView } from "../link/link.ts";

/** The model with this id or alias. Throws a Problem (`model_not_found`) with the nearest names. */
export function modelNamed(link: Link, name: string): ModelView {
  const { models } = link.snapshot();
  const found = models.find(({ id }) => id === name) ?? models.find(({ aliases }) => aliases.includes(name));
  if (found !== undefined) return found;
  const nearest = nearestNames(
    name,
    models.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  const hint = nearest.length === 0 ? "GET /hearth/v1/state lists all." : `Nearest: ${nearest.join(", ")}.`;
  throw new Problem("model_not_found", `No model here is called ${JSON.stringify(name)}. ${hint}`, {
    param: "id",
    data: { nearest },
  });
}
