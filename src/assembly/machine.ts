/** What this machine can do: ways to run engines, GPUs, memory. */
import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import type { ModelSpec } from "../domain/model.ts";
import { localNode } from "../domain/nodes.ts";
import { resolutionsIn } from "../resolved/resolutions.ts";
import type { Store } from "../store/store.ts";
import type { Driver } from "../waker/driver.ts";
import { openDrivers } from "../waker/drivers/drivers.ts";
import { type FoundGpu, findGpu } from "../waker/gpu-card.ts";
import { readHostMemory } from "../waker/host-memory.ts";
import { readHostStrain } from "../waker/host-strain.ts";
import type { NodeSource } from "../waker/nodes.ts";
import { type MakeRoom, pageCacheHelper } from "../waker/page-cache.ts";
import { hubAsker } from "../weights/hub.ts";
import { embeddedCommand } from "./embedded-command.ts";

export interface Machine {
  drivers: Driver[];
  /** Engines can have a GPU. */
  gpu: boolean;
  /** The GPU that this process can see. */
  found: FoundGpu;
  /** Where a helper that drops the page cache runs. */
  makeRoom?: MakeRoom;
}

/** Rejects where the configuration chooses a driver that does not work here, with what to do. */
export async function machineOf(
  { home, driver, models }: Config,
  store: Pick<Store, "instance" | "engines">,
  log: Logger,
): Promise<Machine> {
  const { instance, engines } = store;
  const { env } = process;
  const resolutions = resolutionsIn(home, hubAsker(env), (news) => log.info(news));
  const [drivers, found] = await Promise.all([
    openDrivers(driver, { home, instance, engines, log, env, resolutions, embeddedCommand }),
    findGpu(),
  ]);
  const helper = env.HEARTH_PAGE_CACHE;
  const makeRoom = helper ? { makeRoom: pageCacheHelper(helper, log) } : {};
  // A process takes a GPU by itself; that it does, its entry says.
  const taken = models.some(
    ({ fields: { runtime } }) => runtime?.kind === "process" && (runtime.gpu ?? "none") !== "none",
  );
  return { drivers, gpu: taken || drivers.some(({ gpu }) => gpu), found, ...makeRoom };
}

/** What plans depend on, as it is now. */
export function enginePlace({ drivers, gpu, found }: Machine): EnginePlace {
  const memory = (gpu ? found.card?.memory() : undefined) ?? readHostMemory();
  const architecture = drivers.find((driver) => driver.architecture !== undefined)?.architecture ?? null;
  const runs = (spec: ModelSpec) => drivers.some((driver) => driver.runs(spec));
  return { memory, gpu, architecture, processors: availableParallelism(), runs };
}

/** This machine as a node on which engines stand. */
export function localNodeOf({ gpu, found, makeRoom }: Machine): NodeSource {
  const { view, card } = found;
  const node = { id: localNode, gpu: view, strain: () => readHostStrain() };
  if (card !== null && gpu) return { ...node, memory: () => card.memory(), freshMemory: () => card.fresh() };
  const room = makeRoom === undefined ? {} : { makeRoom };
  return { ...node, memory: () => readHostMemory(), freshMemory: async () => readHostMemory(), ...room };
}

/** All memory that GPU programs can have here, GiB; null where engines get no GPU. */
export function gpuPoolGiB({ gpu, found }: Machine): number | null {
  return gpu ? (found.card?.memory().card ?? readHostMemory()).totalGiB : null;
}
