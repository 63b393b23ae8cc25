/** Everything that can be wrong with the catalog and be seen without a GPU. */
import { type ConfigIssue, pathText } from "../config/issue.ts";
import type { Catalog, CatalogModel } from "./catalog-model.ts";
import { type EngineVersion, versionKey } from "./engine-version.ts";
import type { ImageTrack } from "./image-track.ts";
import { commandFaults } from "./lint/command.ts";
import type { Fault } from "./lint/fault.ts";
import { memoryFaults } from "./lint/memory.ts";
import { nameFaults } from "./lint/names.ts";
import { quantizationFaults } from "./lint/quantization.ts";
import { sourceFaults } from "./lint/sources.ts";
import { statusFaults } from "./lint/status.ts";

/** Every fault with the place that it stands at, or should stand at. */
export function lint(
  catalog: Catalog,
  tracks: ReadonlyMap<string, ImageTrack>,
  versions: ReadonlyMap<string, EngineVersion>,
): ConfigIssue[] {
  const owners = namesOf(catalog);
  return [...catalog.values()].flatMap((model) => {
    const { facts, track } = model;
    const version = track && versions.get(versionKey(track));
    const faults = [
      ...nameFaults(model, owners),
      ...statusFaults(facts),
      ...memoryFaults(facts),
      ...sourceFaults(facts),
      ...quantizationFaults(facts),
      ...commandFaults(facts, { tracks, track, version }),
    ];
    return faults.map((fault) => located(model, fault));
  });
}

/** The models that go by each name; more than one is a clash. */
function namesOf(catalog: Catalog): ReadonlyMap<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { id, fields } of catalog.values()) {
    for (const name of [id, ...(fields.aliases ?? [])]) owners.set(name, [...(owners.get(name) ?? []), id]);
  }
  return owners;
}

function located({ source }: CatalogModel, { path, message }: Fault): ConfigIssue {
  return { ...source.locate(path), path: pathText(path), message };
}
