import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** HEARTH_HOME, by default `hearth` in the user's data directory (XDG base directories). Absolute. */
export function homeDirectory(env: NodeJS.ProcessEnv, cwd = process.cwd()): string {
  if (env.HEARTH_HOME) return resolve(cwd, env.HEARTH_HOME);
  const data = env.XDG_DATA_HOME;
  return join(data && isAbsolute(data) ? data : join(env.HOME ?? homedir(), ".local", "share"), "hearth");
}
