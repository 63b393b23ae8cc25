/** What this Hearth is told to do: configuration, models, keys, and whether it runs. */
import { join } from "node:path";
import { readCatalog } from "../catalog/catalog.ts";
import type { Catalog } from "../catalog/catalog-model.ts";
import type { ImageTrack } from "../catalog/image-track.ts";
import { resolveModels } from "../catalog/resolve.ts";

import { ConfigError, oneLine } from "../config/issue.ts";
import { type LoadOptions, loadConfig } from "../config/load.ts";
import { loadHome } from "../config/load-home.ts";
import { defaultHome } from "../config/locations.ts";
import { readServerFile } from "../control/server-file.ts";
import { countKeys } from "../store/count-keys.ts";
import type { Situation } from "./facts.ts";

export interface SituationOptions extends LoadOptions {
  /** Where set-up has put tokenizer files. Default: in the home. */
  encodings?: string;
  /** Hearth runs in containers, and this is the folder of its docker-compose.yml. */
  deployed?: boolean;
}

/** Never throws for what a user has written: that is among the findings. */
export function readSituation(options: SituationOptions): Situation {
  const catalog = readCatalog();
  const home = homeOf(options);
  return {
    home,
    ...readConfig(options, catalog),
    tracks: tracksOf(catalog),
    deployed: options.deployed ?? false,
    encodings: options.encodings ?? join(home, "encodings"),
    storedKeys: countKeys(join(home, "hearth.db")),
    server: readServerFile(home),
  };
}

function readConfig(options: LoadOptions, catalog: Catalog): Pick<Situation, "config" | "warnings" | "chosen"> {
  try {
    const { config, warnings } = loadConfig(options);
    const chosen = config.models.length === 0 ? [] : resolveModels(config.models, catalog);
    return { config, warnings, chosen };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const faults = oneLine(error.issues[0]!);
    return { config: { faults, count: error.issues.length }, warnings: [], chosen: [] };
  }
}

function homeOf(options: LoadOptions): string {
  try {
    return loadHome(options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return options.env.HEARTH_HOME || defaultHome(options.env);
  }
}

/** The engine images that the catalog's models use. */
export function tracksOf(catalog: Catalog): ImageTrack[] {
  return [...new Set([...catalog.values()].flatMap(({ track }) => track ?? []))];
}
