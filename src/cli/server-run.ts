/** What the commands that keep running have in common: a log, an orderly end, and errors for people. */
import { once } from "node:events";
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { ConfigError } from "../config/issue.ts";
import { type LoadedConfig, loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { CliError } from "./command.ts";
import { type Io, stopSignals } from "./io.ts";

export interface ServerParts {
  /** Reads the configuration: now, and again whenever its file changes. */
  load: () => LoadedConfig;
  log: Logger;
  /** Aborted by Ctrl-C or SIGTERM: whatever a start waits for without an end, it waits for no longer. */
  signal: AbortSignal;
}

/** Starts a server, says `banner`, waits for Ctrl-C or SIGTERM, and ends it. */
export async function runServer<T extends { close(hurry: AbortSignal): Promise<void> }>(
  io: Io,
  file: string | undefined,
  start: (parts: ServerParts) => Promise<T>,
  banner: (server: T) => string,
): Promise<number> {
  // Much that is waited for at the start and at the end keeps no process alive by itself: an engine's exit, say.
  const alive = setInterval(() => {}, 2 ** 30);
  const load = () => loadConfig({ cwd: io.cwd, env: io.env, file });
  const { signal } = io;
  const server = await explained(async () => start({ load, log: logger(io, load().config), signal })).catch((error) => {
    clearInterval(alive);
    if (signal.aborted) return null;
    throw error;
  });
  if (server === null) return 0;
  io.out.write(banner(server));
  if (!signal.aborted) await once(signal, "abort");
  io.err.write("Stopping, once the running answers are over. Ctrl-C again ends them at once.\n");
  const hurry = new AbortController();
  for (const name of stopSignals) {
    process.on(name, () => {
      // Not even the quick end comes to one.
      if (hurry.signal.aborted) process.exit(130);
      hurry.abort();
    });
  }
  await server.close(hurry.signal);
  clearInterval(alive);
  return 0;
}

/** What keeps a server from starting is told in a sentence; a bug keeps its stack. */
async function explained<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (bugs.some((kind) => error instanceof kind) || !(error instanceof Error)) throw error;
    throw new CliError(error.message);
  }
}

const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

/** Lines for people on a terminal, JSON elsewhere. */
function logger(io: Io, config: Config): Logger {
  const options = { level: config.log.level, base: null };
  if (!io.err.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(options, pretty({ destination: 2, sync: true, translateTime: "HH:MM:ss", ignore: "pid,hostname" }));
}
