/** Where Hearth keeps its state, and where its configuration file is found. */
import { statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Environment } from "./environment.ts";

/** `$XDG_DATA_HOME/hearth`, by default `~/.local/share/hearth`. */
export function defaultHome(env: Environment): string {
  const data = env.XDG_DATA_HOME;
  return join(data && isAbsolute(data) ? data : join(env.HOME || homedir(), ".local/share"), "hearth");
}

/** Absolute; `~` is the user's home. */
export function absolute(path: string, base: string, env: Environment): string {
  const expanded = path === "~" || path.startsWith("~/") ? join(env.HOME || homedir(), path.slice(1)) : path;
  return resolve(base, expanded);
}

/**
 * The file that was asked for (`--config`, HEARTH_CONFIG), whether it exists or not; else hearth.yaml in the working
 * directory, else in the state directory, else null.
 */
export function findConfigFile(options: { cwd: string; env: Environment; file?: string | undefined }): string | null {
  const { cwd, env, file = env.HEARTH_CONFIG || undefined } = options;
  if (file !== undefined) return absolute(file, cwd, env);
  const home = env.HEARTH_HOME ? absolute(env.HEARTH_HOME, cwd, env) : defaultHome(env);
  const candidates = [cwd, home].flatMap((folder) => [join(folder, "hearth.yaml"), join(folder, "hearth.yml")]);
  return candidates.find(mayExist) ?? null;
}

/** What this user may not look at may well exist: to go on without it would be to ignore it in silence. */
function mayExist(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** HEARTH_HOME or `home:`. What the environment says is relative to the working directory, the file to itself. Absolute. */
export function homeDirectory(
  home: string | undefined,
  { file, cwd, env }: { file: string | null; cwd: string; env: Environment },
): string {
  if (home === undefined) return defaultHome(env);
  return absolute(home, file === null || env.HEARTH_HOME ? cwd : dirname(file), env);
}
