/** What set-up starts from: layout, present configuration, this machine, models. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readCatalog } from "../catalog/catalog.ts";
import { tokenizerFiles, tokenizersUrl } from "../catalog/tokenizers.ts";
import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { factsFor } from "../doctor/facts.ts";
import { readSituation, tracksOf } from "../doctor/situation.ts";
import { thisHost } from "../doctor/this-host.ts";
import { isUnified } from "../domain/gpu.ts";
import { memoryLimits } from "../domain/memory.ts";
import type { Containers } from "./containers.ts";
import type { Layout } from "./layout.ts";
import { Manifest } from "./manifest.ts";
import { type Machine, pickModels } from "./pick-models.ts";
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
  const machine = await machineOf(containers, layout, env);
  const picked = pickModels(named, presentConfig(layout, env), machine, catalog);
  const tracks = tracksOf(catalog);
  const tokenizers = { url: tokenizersUrl, files: tokenizerFiles };
  const { card } = machine;
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

async function machineOf(containers: Containers, { root }: Layout, env: NodeJS.ProcessEnv): Promise<Machine> {
  const situation = readSituation({ cwd: root, env: { ...env, HEARTH_CONFIG: undefined } });
  const { gpus, memory } = factsFor(thisHost(env), situation);
  const [reading, host, missing] = await Promise.all([gpus(), memory(), containers.missing()]);
  const totalGiB = host?.totalGiB ?? 0;
  const gpu = reading.kind === "gpus" ? reading.gpus[0]! : null;
  const card = gpu !== null && !isUnified(gpu, totalGiB);
  const poolGiB = card ? gpu.totalGiB! : totalGiB;
  const { budgetGiB } = memoryLimits({ budgetGiB: "auto", floorGiB: "auto" }, poolGiB);
  return { card, containers: gpu !== null && missing === null, memoryGiB: budgetGiB };
}
