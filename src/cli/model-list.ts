/** What `hearth models` lists: what a server offers, and what the catalog has. */
import { readCatalog } from "../catalog/catalog.ts";
import type { CatalogModel } from "../catalog/catalog-model.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { type EnginePlace, hindrance } from "../domain/engine-place.ts";
import type { Capability, ModelSpec, ModelStatus } from "../domain/model.ts";
import type { Lifecycle } from "../domain/model-policy.ts";
import type { ModelView } from "../link/link.ts";

export interface ListedModel {
  id: string;
  aliases: string[];
  summary: string;
  status: ModelStatus;
  statusReason: string | null;
  capabilities: Capability[];
  context: number;
  concurrency: number;
  memoryGiB: number;
  lifecycle: Lifecycle;
  /** What the catalog knows of it; null for a model of one's own. */
  catalog: CatalogPart | null;
  /** Why this machine cannot run it, as a part of a sentence; null where it can, and where a server says what it serves. */
  hindrance: string | null;
  /** Of the running server; null where it does not offer the model, or where none runs. */
  server: ModelView | null;
}

interface CatalogPart {
  family: string;
  goodFor: string[];
  license: string | null;
  repository: string | null;
  quantization: string | null;
  image: string | null;
  needsGpu: boolean;
  loadSeconds: number;
}

/** The server's models in its order, then what only the catalog has. `place`: this machine, where no server runs. */
export function listModels(served: ModelView[], place: EnginePlace | null): ListedModel[] {
  const catalog = readCatalog();
  const known = resolveModels([], catalog);
  const parts = new Map(known.map((spec) => [spec.id, catalogPart(spec, catalog.get(spec.id)!)]));
  const names = new Set(served.map(({ id }) => id));
  return [
    ...served.map(
      (view): ListedModel => ({ ...common(view), catalog: parts.get(view.id) ?? null, hindrance: null, server: view }),
    ),
    ...known
      .filter(({ id }) => !names.has(id))
      .map(
        (spec): ListedModel => ({
          ...common(spec),
          ...{ catalog: parts.get(spec.id)!, hindrance: place && hindrance(spec, place), server: null },
        }),
      ),
  ];
}

/** What a running server offers, without the catalog's part. */
export function listServed(served: ModelView[]): ListedModel[] {
  return served.map((view) => ({ ...common(view), catalog: null, hindrance: null, server: view }));
}

function common(model: ModelView | ModelSpec): Omit<ListedModel, "catalog" | "hindrance" | "server"> {
  const { id, aliases, summary, status, statusReason, capabilities, context, concurrency, memoryGiB } = model;
  const { lifecycle } = "policy" in model ? model.policy : model;
  const reason = statusReason ?? null;
  return {
    ...{ id, aliases, summary, status, statusReason: reason },
    ...{ capabilities, context, concurrency, memoryGiB, lifecycle },
  };
}

function catalogPart({ runtime, loadSeconds }: ModelSpec, { family, facts }: CatalogModel): CatalogPart {
  return {
    family,
    goodFor: facts.goodFor ?? [],
    license: facts.license ?? null,
    repository: facts.hub?.repo ?? null,
    quantization: facts.quantization ?? null,
    image: runtime.kind === "container" ? runtime.image : null,
    needsGpu: runtime.kind === "container" && runtime.gpu !== "none",
    loadSeconds,
  };
}
