/** What set-up starts from: layout, present configuration, this machine, models. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readCatalog } from "../catalog/catalog.ts";
import { tokenizerFiles, tokenizersUrl } from "../catalog/tokenizers.ts";
import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { factsFor } from "../doctor/facts.ts";
import { placeSeen } from "../doctor/place.ts";
import { readSituation, tracksOf } from "../doctor/situation.ts";
import { thisHost } from "../doctor/this-host.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import type { Containers } from "./containers.ts";
import type { Layout } from "./layout.ts";
import { Manifest } from "./manifest.ts";
import { pickModels } from "./pick-models.ts";
import type { SetupContext } from "./step.ts";

export interface SetupOrder {
  layout: Layout;
  /** Ids or aliases that the user has named. */
  named: string[];
  wants: SetupContext["wants"];
  env: NodeJS.ProcessEnv;
  containers: Containers;
  signal: AbortSignal;
}

/** Throws a ConfigError where the present configuration is wrong or a name is unknown. Changes nothing. */
export async function prepare({ named, ...order }: SetupOrder): Promise<SetupContext> {
  const { layout, env, containers } = order;
  const catalog = readCatalog();
  const place = await placeHere(containers, layout, env);
  const picked = pickModels(named, presentConfig(layout, env), place, catalog);
  const tracks = tracksOf(catalog);
  const tokenizers = { url: tokenizersUrl, files: tokenizerFiles };
  const card = place.memory.card !== undefined;
  const manifest = new Manifest(layout.manifest);
  return { ...order, ...picked, card, catalog, tracks, manifest, tokenizers, units: unitsFor(env) };
}

function unitsFor(env: NodeJS.ProcessEnv): SetupContext["units"] {
  if (process.getuid?.() === 0) return { of: "system", folder: "/etc/systemd/system" };
  const settings = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config");
  return { of: "user", folder: join(settings, "systemd/user") };
}

function presentConfig({ configFile, root }: Layout, env: NodeJS.ProcessEnv): Config | null {
  return existsSync(configFile) ? loadConfig({ cwd: root, env, file: configFile }).config : null;
}

async function placeHere(containers: Containers, { root }: Layout, env: NodeJS.ProcessEnv): Promise<EnginePlace> {
  const situation = readSituation({ cwd: root, env: { ...env, HEARTH_CONFIG: undefined } });
  return placeSeen(factsFor(thisHost(env), situation), (await containers.missing()) === null);
}
