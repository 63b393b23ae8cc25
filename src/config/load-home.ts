/** The state directory alone: for commands that need nothing else of the configuration, and start faster so. */
import { ConfigError } from "./issue.ts";
import type { LoadOptions } from "./load.ts";
import { findConfigFile, homeDirectory } from "./locations.ts";
import { readText } from "./read-text.ts";
import { parseYaml } from "./yaml-source.ts";

/**
 * Where the state lies, as `loadConfig` says, although another option may be wrong: a server whose file has become
 * faulty runs on, and its commands must find it. Throws a ConfigError where the file cannot be read at all.
 */
export function loadHome(options: LoadOptions): string {
  const file = findConfigFile(options);
  const { source, issues } = parseYaml(file === null ? "" : readText(file), file ?? "hearth.yaml");
  if (issues.length > 0) throw new ConfigError(issues);
  const written = (source.value as { home?: unknown } | null)?.home;
  const home = options.env.HEARTH_HOME || (typeof written === "string" ? written : undefined);
  return homeDirectory(home, { ...options, file });
}
