import { specsFor } from "../../assembly/plan.ts";
import { readCatalog } from "../../catalog/catalog.ts";
import type { Catalog, CatalogModel } from "../../catalog/catalog-model.ts";
import { resolveModels } from "../../catalog/resolve.ts";
import { loadConfig } from "../../config/load.ts";
import { hindrance } from "../../domain/engine-place.ts";
import type { MemoryUse } from "../../domain/memory-use.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { nearestName } from "../../domain/nearest.ts";
import { pinned } from "../../domain/resolved.ts";
import { type CliCommand, CliError } from "../command.ts";
import { type Io, printJson } from "../io.ts";
import { modelSheet } from "../model-sheet.ts";
import { placeHere } from "../place-here.ts";
import { keptOf, resolvedFile } from "../resolutions.ts";
import { servedModels } from "../served-models.ts";
import { runningServer } from "../server-client.ts";
import { columnsOf } from "../sheet.ts";

export const command: CliCommand = {
  name: "models show",
  arguments: "<model>",
  summary: "everything that the catalog and hearth.yaml say of a model: memory, flags, image, parameters, issues",
  options: [["--json", "the same as JSON, with the container's description"]],
  examples: [
    ["hearth models show gpt-oss-20b", "what it needs, how it is started, what is known to go wrong"],
    ["hearth models show qwen3-coder-30b --json", "any of its names will do"],
  ],
  async run({ args: [name], options, io }) {
    const catalog = readCatalog();
    const model = named(catalog, name!);
    const spec = served(catalog, model, io) ?? resolveModels([], catalog).find(({ id }) => id === model.id)!;
    const resolved = await resolvedFile(io).read();
    const { runtime } = spec;
    const shown = runtime.kind === "container" ? { ...spec, runtime: pinned(runtime, resolved) } : spec;
    const kept = keptOf(spec, resolved);
    const known = { seen: await seenHere(io, model.id), kept, hindrance: await hindranceHere(io, spec) };
    if (options.json) {
      const { facts, family, track: image = null } = model;
      const { seen: memoryUse, hindrance } = known;
      printJson(io, { ...facts, family, image, spec: shown, resolved: kept, memoryUse, hindrance });
    } else io.out.write(modelSheet(model, shown, columnsOf(io), known));
    return 0;
  },
};

/** Null where no server can be asked: the catalog is shown without one. */
async function seenHere(io: Io, id: string): Promise<MemoryUse | null> {
  const models = await servedModels(io).catch(() => null);
  return models?.find((model) => model.id === id)?.memoryUse ?? null;
}

/** Of this machine. Where a server runs it is that one's machine that counts, and `models choose` asks it. */
async function hindranceHere(io: Io, spec: ModelSpec): Promise<string | null> {
  if (io.env.HEARTH_URL || runningServer(io) !== null) return null;
  return hindrance(spec, await placeHere(io));
}

/** As hearth.yaml would have it served; undefined where it is not to be. */
function served(catalog: Catalog, { id }: CatalogModel, { cwd, env }: Io): ModelSpec | undefined {
  const { config } = loadConfig({ cwd, env, file: undefined });
  return specsFor(config, catalog).find((spec) => spec.id === id);
}

function named(catalog: Catalog, name: string): CatalogModel {
  const model = catalog.get(name) ?? [...catalog.values()].find(({ fields }) => fields.aliases?.includes(name));
  if (model !== undefined) return model;
  const all = [...catalog.values()].flatMap(({ id, fields }) => [id, ...(fields.aliases ?? [])]);
  const nearest = nearestName(name, all);
  const hint = nearest === null ? "`hearth models --all` lists what there is." : `Did you mean ${nearest}?`;
  throw new CliError(`The catalog has no model "${name}". ${hint}`);
}
