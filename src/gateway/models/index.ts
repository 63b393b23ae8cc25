/**
 * Finds models by id or alias. Kept for a second at a time, or until a model starts or ends: building a snapshot is too
 * dear for every request.
 */
import type { VirtualModelConfig } from "../../config/types.ts";
import { nearestNames } from "../../domain/nearest.ts";
import { Problem } from "../../domain/problem.ts";
import { variantNames } from "../../domain/request-parameters.ts";
import type { UnservedModel } from "../../domain/unserved.ts";
import type { Link, ModelView } from "../../link/link.ts";
import { notServedHere } from "./unserved.ts";
import { untagged } from "./variants.ts";
import { bestFor, modelsBehind, type RequestNeeds } from "./virtual.ts";

const keptMs = 1000;
/** An unknown name looks again at once, so that a model added a moment ago is found; but not more often than this. */
const againMs = 50;

type Named = Pick<ModelView, "id" | "aliases">;

export interface ModelIndex {
  /**
   * By id, alias, or the name of a variant. A model that `visible` does not let through is answered as none is: whoever
   * may not use it cannot tell that it exists. Throws a
   * Problem (`model_not_found`) with the nearest visible names, or with why a model of the catalog is not here.
   */
  resolve(name: string, visible: (model: Named) => boolean): ModelView;
  /** The same, or, where the name stands for several, what chooses among them. */
  find(name: string, visible: (model: Named) => boolean): ModelView | ((needs: RequestNeeds) => ModelView);
  /** As of the last look. */
  all(): ModelView[];
  /** The next question looks again: a changed configuration holds at once, for the models that are gone as well. */
  forget(): void;
}

/** `virtual`, `unserved`: asked at each look, so that a changed configuration holds at once. */
export function createModelIndex(
  link: Pick<Link, "snapshot" | "subscribe">,
  virtual: () => VirtualModelConfig[],
  unserved: () => readonly UnservedModel[],
  now = () => performance.now(),
): ModelIndex {
  let byName = new Map<string, ModelView>();
  let readAt = Number.NEGATIVE_INFINITY;
  // What a model can do for a request hangs on whether it is loaded: that must not be a second old.
  link.subscribe(({ type }) => {
    if (type !== "why" && type !== "progress") readAt = Number.NEGATIVE_INFINITY;
  });

  const lookUp = (name: string, maxAgeMs: number): ModelView | undefined => {
    if (now() - readAt > maxAgeMs) {
      byName = indexed(link.snapshot().models);
      readAt = now();
    }
    return byName.get(name);
  };

  const models = () => [...new Set(byName.values())];

  return {
    resolve(name, visible) {
      const found = this.find(name, visible);
      return typeof found === "function" ? found(noNeeds) : found;
    },
    find(name, visible) {
      const plain = untagged(name);
      const found = (maxAgeMs: number) => {
        const model = lookUp(name, maxAgeMs) ?? lookUp(plain, maxAgeMs);
        return model !== undefined && visible(model) ? model : null;
      };
      const known = found(keptMs);
      if (known !== null) return known;
      // What is loaded decides which model is chosen: a second's age could be that of another choice.
      const model = found(againMs);
      if (model !== null) return model;
      const usable = models().filter(visible);
      const all = usable.length === models().length;
      const virtuals = virtual().filter((one) => all || modelsBehind(one, usable).length > 0);
      const stands = virtuals.find((one) => one.name === name || one.name === plain);
      if (stands !== undefined) return (needs) => chosen(stands, usable, needs);
      const elsewhere = unserved().find(({ id, aliases }) => [id, ...aliases].includes(plain));
      if (elsewhere !== undefined && visible(elsewhere)) throw notServedHere(plain, elsewhere, usable);
      const names = [...byName].filter(([, model]) => visible(model)).map(([known]) => known);
      throw notFound(name, nearestNames(name, [...names, ...virtuals.map((one) => one.name)]));
    },
    all: models,
    forget() {
      readAt = Number.NEGATIVE_INFINITY;
    },
  };
}

const noNeeds: RequestNeeds = { media: [], tools: false, tokens: 0 };

function chosen(virtual: VirtualModelConfig, models: ModelView[], needs: RequestNeeds): ModelView {
  const found = bestFor(needs, modelsBehind(virtual, models));
  if (found !== null) return found;
  const wanted = [
    virtual.models === null ? "any model" : virtual.models.join(", "),
    virtual.needs.length === 0 ? "" : ` that can do ${virtual.needs.join(", ")}`,
  ].join("");
  throw new Problem(
    "model_unavailable",
    `"${virtual.name}" stands for ${wanted}, and none of that is here. GET /v1/models lists what there is.`,
    { param: "model" },
  );
}

/** An id wins over an alias of the same name, and an alias over a variant. */
function indexed(models: ModelView[]): Map<string, ModelView> {
  const byName = new Map<string, ModelView>();
  for (const model of models) for (const alias of model.aliases) byName.set(alias, model);
  for (const model of models) byName.set(model.id, model);
  for (const model of models) {
    for (const { name } of variantNames(model)) if (!byName.has(name)) byName.set(name, model);
  }
  return byName;
}

function notFound(name: string, near: string[]): Problem {
  const shown = name.length > 100 ? `${name.slice(0, 100)}...` : name;
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "GET /v1/models lists what there is.";
  return new Problem("model_not_found", `There is no model "${shown}" here for this key. ${hint}`, {
    param: "model",
    data: { nearest: near },
  });
}
