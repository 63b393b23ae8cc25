/**
 * The present configuration has one owner, here: it loads, plans, applies and keeps the plan. A file that is wrong, or
 * whose plan is, changes nothing anywhere: the old plan stays, and no fault of a file ends the process.
 */
import type { Logger } from "pino";
import { ConfigError } from "../config/issue.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { watchConfig } from "../config/watch.ts";
import { type Plan, type PlanMachine, planOf } from "./plan.ts";

export interface Present {
  /** What was read, as yet unplanned: enough to open the home and the ways to run engines. */
  readonly config: Config;
  /** The plan that is applied. Only after `begin`. */
  readonly plan: Plan;
  /** The first plan. `look` is asked for the machine before each plan. Throws a ConfigError. */
  begin(look: LookAtMachine): Plan;
  /** From now on every later plan is applied here. */
  follow(apply: (plan: Plan) => void): void;
  /** Reads the file again; called by itself when it has changed. */
  reload(): void;
  close(): void;
}

/** What the machine is now, as far as plans of this configuration depend on it. */
export type LookAtMachine = (config: Config) => PlanMachine;

/** Throws a ConfigError where the present file cannot be read or is wrong. */
export function openPresent(load: () => LoadedConfig, log: Logger): Present {
  let loaded = load();
  let plan: Plan | null = null;
  let look: LookAtMachine | null = null;
  let apply: ((plan: Plan) => void) | null = null;
  let changed = false;

  /** Either the whole of `next` holds afterwards, or nothing of it. True where it does. */
  function replace(next: () => LoadedConfig): boolean {
    try {
      const read = next();
      const planned = planOf(read, look!(read.config), plan);
      apply!(planned);
      loaded = read;
      plan = planned;
      return true;
    } catch (error) {
      if (error instanceof ConfigError) {
        log.error(`the changed configuration is refused, the old one stays:\n${error.message}`);
      } else {
        log.error({ err: error }, "the changed configuration cannot be used, the old one stays");
      }
      return false;
    }
  }

  function reload(): void {
    if (apply === null) {
      changed = true;
      return;
    }
    const before = loaded.config;
    if (!replace(load)) return;
    for (const warning of [...loaded.warnings, ...plan!.warnings]) log.warn(warning);
    warnOfRestart(before, loaded.config, log);
    log.info(`applied the changed ${loaded.config.file}`);
  }

  for (const warning of loaded.warnings) log.warn(warning);
  const watch = watchConfig(loaded.config.file, reload);
  return {
    get config() {
      return loaded.config;
    },
    get plan() {
      if (plan === null) throw new Error("The configuration is asked for its plan before it has one.");
      return plan;
    },
    begin(machine) {
      look = machine;
      plan = planOf(loaded, machine(loaded.config), null);
      for (const warning of plan.warnings) log.warn(warning);
      return plan;
    },
    follow(listener) {
      apply = listener;
      // It may have changed while Hearth was starting.
      if (changed) reload();
    },
    reload,
    close: () => watch.close(),
  };
}

/** What is in use from the start to the end. */
const fixed = ["listen", "announce", "home", "driver"] as const;

function warnOfRestart(before: Config, after: Config, log: Logger): void {
  for (const name of fixed) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      log.warn(`\`${name}\` has changed: that takes effect when Hearth is started again`);
    }
  }
}
