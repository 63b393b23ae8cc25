/** The configuration while Hearth runs: read at the start, and again whenever its file changes. */
import type { Logger } from "pino";
import { ConfigError } from "../config/issue.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { watchConfig } from "../config/watch.ts";

export interface LiveConfig {
  first: Config;
  /** Calls back with every later configuration; what it throws as a ConfigError refuses the file as a whole. */
  follow(apply: (config: Config) => void): void;
  close(): void;
}

/** Throws a ConfigError where the present file is wrong; a later one that is wrong is logged, and the old one stays. */
export function liveConfig(load: () => LoadedConfig, log: Logger): LiveConfig {
  let { config: current, warnings } = load();
  for (const warning of warnings) log.warn(warning);
  let apply: ((config: Config) => void) | null = null;
  let changed = false;

  function reload(): void {
    if (apply === null) {
      changed = true;
      return;
    }
    try {
      const before = current;
      const loaded = load();
      apply(loaded.config);
      current = loaded.config;
      for (const warning of loaded.warnings) log.warn(warning);
      warnOfRestart(before, current, log);
      log.info(`applied the changed ${current.file}`);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error(`the changed configuration is refused, the old one stays:\n${error.message}`);
    }
  }

  const watch = watchConfig(current.file, reload);
  return {
    first: current,
    follow(listener) {
      apply = listener;
      // It may have changed while Hearth was starting.
      if (changed) reload();
    },
    close: () => watch.close(),
  };
}

function warnOfRestart(before: Config, after: Config, log: Logger): void {
  for (const name of ["listen", "home", "driver"] as const) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
      log.warn(`\`${name}\` has changed: that takes effect when Hearth is started again`);
    }
  }
}
