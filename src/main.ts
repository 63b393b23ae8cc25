/** The composition root: one Hearth in one process. */
import type { Logger } from "pino";
import { openBack } from "./assembly/back.ts";
import { openFront } from "./assembly/front.ts";
import { openPresent } from "./assembly/present.ts";
import type { LoadedConfig } from "./config/load.ts";
import { isLoopback } from "./config/loopback.ts";
import type { Config } from "./config/types.ts";
import type { EnginePlace } from "./domain/engine-place.ts";
import type { ModelSpec } from "./domain/model.ts";

export interface HearthOptions {
  /** Reads the configuration: now, and again whenever its file changes. */
  load: () => LoadedConfig;
  log: Logger;
  version: string;
  /** Ends the wait for a Hearth that stops on the same home. */
  signal: AbortSignal;
}

export interface Hearth {
  /** `http://127.0.0.1:8009`: where programs of this machine reach it. */
  origin: string;
  config: Config;
  specs: ModelSpec[];
  /** The machine of the engines, as it is now. */
  place: () => EnginePlace;
  /** The admin key of this installation, where this start has made it and nobody has another one. */
  newAdminKey: string | null;
  /** The key that everybody knows works too, as a user's, on this machine. */
  wellKnownKey: boolean;
  /**
   * Comes to its end in phases: takes nothing new, waits for the running answers (`policy.stopGrace`), stops the engines,
   * no longer listens, frees the home. `hurry` cuts every wait short.
   */
  close(hurry: AbortSignal): Promise<void>;
  /** Reads the configuration again. */
  reload(): void;
}

/** Starts serving. Rejects with a ConfigError, or an error that says what is in the way and what to do. */
export async function startHearth({ load, log, version, signal }: HearthOptions): Promise<Hearth> {
  const undo: (() => unknown)[] = [];
  try {
    const present = openPresent(load, log);
    undo.unshift(() => present.close());
    const { waker, store, access, place } = await openBack(present, true, log, signal);
    // Whatever fails from here on leaves the engines to the next try, which adopts them.
    undo.unshift(() => waker.close({ keep: "all" }).then(() => store.close()));
    const { config, specs, ownKeys, bound } = present.plan;
    const front = await openFront({
      link: waker,
      present,
      store,
      log,
      version,
      place,
    });
    present.follow((plan) => {
      waker.apply(plan.waker);
      front.apply(plan);
    });
    const close = async (hurry: AbortSignal) => {
      store.stopping();
      present.close();
      await front.drain(hurry);
      await waker.close({ hurry });
      await front.close();
      await store.close();
    };
    return {
      origin: front.origin,
      config,
      specs,
      place,
      newAdminKey: access?.made && !ownKeys ? access.secret : null,
      wellKnownKey: store.ownKeys.state === "never" && isLoopback(bound.host),
      reload: present.reload,
      close,
    };
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}
