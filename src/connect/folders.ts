/** Where clients keep their settings. */
import { join } from "node:path";
import type { Environment } from "../config/environment.ts";
import { absolute } from "../config/locations.ts";

/** A folder that the environment may name; else this one. `~` is the user's home. */
export function folderOf(env: Environment, variable: string, otherwise: string): string {
  return absolute(env[variable] || otherwise, "/", env);
}

/** `$XDG_CONFIG_HOME/...`, by default `~/.config/...`. */
export function configFolder(env: Environment, name: string): string {
  return join(folderOf(env, "XDG_CONFIG_HOME", "~/.config"), name);
}
