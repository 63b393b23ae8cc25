/** Reads catalog/models/<family>/<id>.yaml and the archive beside it: one model = one file. */
import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, type ConfigIssue, pathText } from "../config/issue.ts";
import type { ModelFields } from "../config/schema/model.ts";
import type { Catalog, CatalogModel } from "./catalog-model.ts";
import { readDocument } from "./document.ts";
import { type EngineVersion, enginesFolder, readEngineVersions, versionKey } from "./engine-version.ts";
import { type ImageTrack, imagesFolder, readTracks } from "./image-track.ts";
import { lint } from "./lint.ts";
import { loadGuessSeconds } from "./load-guess.ts";
import { type CatalogFields, catalogFieldShapes, catalogModelSchema } from "./schema.ts";

export interface CatalogFolders {
  models: string;
  images: string;
  engines: string;
}

/** The catalog that comes with Hearth. */
export const catalogFolders: CatalogFolders = {
  models: fileURLToPath(new URL("../../catalog/models", import.meta.url)),
  images: imagesFolder,
  engines: enginesFolder,
};

/** Every model below the folder, by id. Throws a ConfigError with every fault of every file. */
export function readCatalog(folders: Partial<CatalogFolders> = {}): Catalog {
  const { models, images, engines } = { ...catalogFolders, ...folders };
  const issues: ConfigIssue[] = [];
  const tracks = readTracks(images, issues);
  const versions = readEngineVersions(engines, issues);
  const catalog = new Map<string, CatalogModel>();
  for (const file of [...filesBelow(models), ...filesBelow(archiveOf(models))]) {
    const model = readModel(file, { tracks, versions }, issues);
    if (model !== null) catalog.set(model.id, model);
  }
  if (issues.length === 0) issues.push(...lint(catalog, tracks, versions));
  if (issues.length > 0) throw new ConfigError(issues);
  return catalog;
}

/** Models that nobody should use any more: they answer by name, with the reason and the successor. */
export function archiveOf(models: string): string {
  return join(dirname(models), "archive");
}

function filesBelow(folder: string): string[] {
  return globSync("**/*.{yaml,yml}", { cwd: folder })
    .sort()
    .map((name) => join(folder, name));
}

interface Engines {
  tracks: ReadonlyMap<string, ImageTrack>;
  versions: ReadonlyMap<string, EngineVersion>;
}

function readModel(file: string, { tracks, versions }: Engines, issues: ConfigIssue[]): CatalogModel | null {
  const document = readDocument(file, catalogModelSchema, issues);
  if (document === null) return null;
  const { data: facts, source } = document;
  const { id } = facts;
  const wanted = basename(file).replace(/\.ya?ml$/, "");
  if (id !== wanted) {
    const message = `the file is named ${basename(file)}, so its id is ${JSON.stringify(wanted)}.`;
    issues.push({ ...source.locate(["id"]), path: pathText(["id"]), message });
    return null;
  }
  const track = facts.engine && tracks.get(facts.engine.track);
  const release = track && versions.get(versionKey(track));
  const family = basename(dirname(file));
  const at = { file, line: 1, column: 1 };
  const served = { ...(track === undefined ? {} : { track }), ...(release === undefined ? {} : { release }) };
  return { id, family, fields: modelFields(facts), facts, ...served, at, source };
}

/** The part that `hearth.yaml` could say too, filled in from the rest. */
function modelFields(facts: CatalogFields): ModelFields {
  const own = Object.entries(facts).filter(([name]) => name !== "id" && !Object.hasOwn(catalogFieldShapes, name));
  const fields: ModelFields = Object.fromEntries(own);
  const { alternative, engine, expected, footprint } = facts;
  const instead = alternative === undefined ? "" : ` Use \`${alternative}\` instead.`;
  if (fields.statusReason !== undefined) fields.statusReason += instead;
  if (engine !== undefined) fields.loadTime ??= expected?.load?.time ?? loadGuessSeconds(footprint);
  return fields;
}
