/** Everything that owns engines: database, ways to run them, models, waker. */
import type { Logger } from "pino";
import type { Config } from "../config/types.ts";
import type { EnginePlace } from "../domain/engine-place.ts";
import { openStore, type Store } from "../store/store.ts";
import { createWaker, type Waker } from "../waker/waker.ts";
import { type Access, openAccess } from "./access.ts";
import { enginePlace, localNodeOf, machineOf } from "./machine.ts";
import type { Present } from "./present.ts";
import { shippedCatalog } from "./shipped-catalog.ts";
import { weightsKeeper } from "./weights-keeper.ts";

export interface Back {
  waker: Waker;
  /** To be closed after the waker and whatever else uses it. */
  store: Store;
  /** Null where clients are served elsewhere. */
  access: Access | null;
  /** This machine, as it is now. */
  place: () => EnginePlace;
}

/**
 * Makes the first plan, takes the home and adopts what runs. `serves`: this process has clients too. Rejects
 * with a ConfigError, or an error that says what is in the way.
 */
export async function openBack(present: Present, serves: boolean, log: Logger, signal: AbortSignal): Promise<Back> {
  const { config } = present;
  const { home } = config;
  const opening = openHearthStore(config, log, signal);
  try {
    // Read, and kept, while the store's thread opens its files: both take a fifth of a second.
    shippedCatalog();
    const store = await opening;
    const access = serves ? openAccess(home, store, log) : null;
    const machine = await machineOf(config, store, log);
    const { waker: plan } = present.begin(() => ({
      catalog: shippedCatalog(),
      engines: enginePlace(machine),
      clients: access,
    }));
    const { drivers } = machine;
    const weights = weightsKeeper({ home, env: process.env, log });
    const nodes = [localNodeOf(machine)];
    const waker = await createWaker({ plan, home, drivers, store, log, weights, nodes });
    return { waker, store, access, place: () => enginePlace(machine) };
  } catch (error) {
    await opening.then(
      (store) => store.close(),
      () => {},
    );
    throw error;
  }
}

/** Takes the home; waits for a Hearth that stops on it, unless `signal` is aborted. Rejects where another Hearth has it, or where its files cannot be used, with what to do. */
export function openHearthStore({ home }: Config, log: Logger, signal: AbortSignal): Promise<Store> {
  const news = {
    failing: (message: string) => log.error(message),
    recovered: (message: string) => log.info(message),
    notice: (message: string) => log.warn(message),
  };
  return openStore(home, news, signal);
}
