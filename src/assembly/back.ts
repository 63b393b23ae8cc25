/** Everything that owns engines: database, ways to run them, models, waker. */
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import type { ModelSpec } from "../domain/model.ts";
import { openStore, type Store } from "../store/store.ts";
import { createWaker, type Waker } from "../waker/waker.ts";
import type { EnsureWeights } from "../waker/weights.ts";
import { loggedWeights } from "./logged-weights.ts";
import { machineOf, memoryOf } from "./machine.ts";
import { modelsFor } from "./plan.ts";

export interface Back {
  waker: Waker;
  /** To be closed after the waker and whatever else uses it. */
  store: Store;
  ensureWeights: EnsureWeights;
  /** The models of the present configuration. */
  specs(): ModelSpec[];
  reconfigure(config: Config): void;
}

/** Takes the home and adopts what runs. Rejects with a ConfigError, or an error that says what is in the way. */
export async function openBack(config: Config, log: Logger): Promise<Back> {
  const store = openHearthStore(config, log);
  try {
    const machine = await machineOf(config, store, log);
    const ensureWeights = loggedWeights(log);
    const { drivers } = machine;
    let specs = modelsFor(config, machine);
    const waker = await createWaker({ specs, config, drivers, store, log, ensureWeights, ...memoryOf(machine) });
    return {
      waker,
      store,
      ensureWeights,
      specs: () => specs,
      reconfigure(next) {
        specs = modelsFor(next, machine);
        waker.reconfigure(specs, next);
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

export function openHearthStore({ home }: Config, log: Logger): Store {
  return openStore(join(home, "hearth.db"), (err) => log.error({ err }, "the journal cannot be written"));
}
