/** The image tracks that a command line means, and what this machine has of them. */
import { catalogFolders, readCatalog } from "../catalog/catalog.ts";
import { type ImageTrack, readTracks } from "../catalog/image-track.ts";
import { resolveModels } from "../catalog/resolve.ts";
import { loadConfig } from "../config/load.ts";
import { nearestName } from "../domain/nearest.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";

/** Every track by name. The catalog's own test keeps them without fault. */
export function allTracks(): ReadonlyMap<string, ImageTrack> {
  return readTracks(catalogFolders.images, []);
}

/** The named ones, in that order and once. Throws where there is none of a name. */
export function namedTracks(names: readonly string[]): ImageTrack[] {
  const tracks = allTracks();
  return [...new Set(names)].map((name) => {
    const track = tracks.get(name);
    if (track !== undefined) return track;
    const nearest = nearestName(name, tracks.keys());
    const hint = nearest === null ? `There are ${[...tracks.keys()].join(", ")}.` : `Did you mean ${nearest}?`;
    throw new CliError(`There is no image track "${name}". ${hint}`);
  });
}

/** Those that the models of hearth.yaml need. Throws where it lists no model that runs in one. */
export function tracksInUse(io: Io, file: string | undefined): ImageTrack[] {
  const { config } = loadConfig({ cwd: io.cwd, env: io.env, file });
  const specs = config.models.length === 0 ? [] : resolveModels(config.models, readCatalog());
  const images = new Set(specs.flatMap(({ runtime }) => (runtime.kind === "container" ? [runtime.image] : [])));
  const used = [...allTracks().values()].filter(({ image }) => images.has(image));
  if (used.length > 0) return used;
  throw new CliError(
    `${config.file ?? "The configuration"} lists no model of the catalog that runs in a container, so say which images: ` +
      `${[...allTracks().keys()].join(", ")}. \`hearth images list\` says what each is for.`,
    2,
  );
}

/** Ids of the models that each track serves, by its name. */
export function modelsByTrack(): Map<string, string[]> {
  const models = new Map<string, string[]>();
  for (const { id, track } of readCatalog().values()) {
    if (track !== undefined) models.set(track.name, [...(models.get(track.name) ?? []), id]);
  }
  for (const ids of models.values()) ids.sort();
  return models;
}
