/** Finds models by id or alias. Kept for a second at a time: building a snapshot is too dear for every request. */
import { nearestNames } from "../domain/nearest.ts";
import { Problem } from "../domain/problem.ts";
import type { Link, ModelView } from "../link/link.ts";

const keptMs = 1000;
/** An unknown name looks again at once, so that a model added a moment ago is found; but not more often than this. */
const againMs = 50;

export interface ModelIndex {
  /** Throws a Problem (`model_not_found`) with the nearest names among those that `visible` lets through. */
  resolve(name: string, visible: (model: ModelView) => boolean): ModelView;
  /** As of the last look. */
  all(): ModelView[];
}

export function createModelIndex(link: Pick<Link, "snapshot">, now = () => performance.now()): ModelIndex {
  let byName = new Map<string, ModelView>();
  let readAt = Number.NEGATIVE_INFINITY;

  const lookUp = (name: string, maxAgeMs: number): ModelView | undefined => {
    if (now() - readAt > maxAgeMs) {
      byName = indexed(link.snapshot().models);
      readAt = now();
    }
    return byName.get(name);
  };

  return {
    resolve(name, visible) {
      // Ollama's clients put a tag behind every name.
      const untagged = name.replace(/:latest$/, "");
      const found =
        lookUp(name, keptMs) ?? lookUp(untagged, keptMs) ?? lookUp(name, againMs) ?? lookUp(untagged, againMs);
      if (found !== undefined) return found;
      const names = [...byName].filter(([, model]) => visible(model)).map(([known]) => known);
      throw notFound(name, nearestNames(name, names));
    },
    all: () => [...new Set(byName.values())],
  };
}

/** An id wins over an alias of the same name. */
function indexed(models: ModelView[]): Map<string, ModelView> {
  const byName = new Map<string, ModelView>();
  for (const model of models) for (const alias of model.aliases) byName.set(alias, model);
  for (const model of models) byName.set(model.id, model);
  return byName;
}

function notFound(name: string, near: string[]): Problem {
  const shown = name.length > 100 ? `${name.slice(0, 100)}...` : name;
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "GET /v1/models lists what there is.";
  return new Problem("model_not_found", `There is no model "${shown}" here. ${hint}`, {
    param: "model",
    data: { nearest: near },
  });
}
