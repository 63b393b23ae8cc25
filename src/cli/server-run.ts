/** What the commands that keep running have in common: a log, an orderly end, and errors for people. */
import { once } from "node:events";
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { ConfigError } from "../config/issue.ts";
import { type LoadedConfig, loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import { CliError } from "./command.ts";
import { type Io, stopSignals } from "./io.ts";
import { logOutput } from "./log-output.ts";
import { beThrifty } from "./memory-thrift.ts";

export interface ServerParts {
  /** Reads the configuration: now, and again whenever its file changes. */
  load: () => LoadedConfig;
  log: Logger;
  /** Aborted by Ctrl-C or SIGTERM: whatever a start waits for without an end, it waits for no longer. */
  signal: AbortSignal;
}

export interface Server {
  /** Comes to its end in an orderly way; `hurry` cuts its waits short. */
  close(hurry: AbortSignal): Promise<void>;
  /** Reads the configuration again. */
  reload(): void;
}

/** Starts a server, says `banner`, waits for Ctrl-C, SIGTERM or the end of its terminal, and ends it. */
export async function runServer<T extends Server>(
  io: Io,
  file: string | undefined,
  start: (parts: ServerParts) => Promise<T>,
  banner: (server: T, signal: AbortSignal) => string | Promise<string>,
): Promise<number> {
  // Much that is waited for at the start and at the end keeps no process alive by itself: an engine's exit, say.
  const alive = setInterval(() => {}, 2 ** 30);
  // Its engines must not be left behind because nobody reads its log.
  io.goOnUnread();
  let server: T | null = null;
  const signal = AbortSignal.any([io.signal, onHangUp(io, () => server?.reload())]);
  const load = () => loadConfig({ cwd: io.cwd, env: io.env, file });
  try {
    server = await explained(async () => start({ load, log: logger(io, load().config), signal }));
    beThrifty();
    io.out.write(await banner(server, signal));
    if (!signal.aborted) await once(signal, "abort");
    io.err.write("Stopping, once the running answers are over. Ctrl-C again ends them at once.\n");
    await server.close(onSecondSignal());
  } catch (error) {
    if (server !== null || !signal.aborted) throw error;
  } finally {
    clearInterval(alive);
  }
  return 0;
}

/**
 * SIGHUP: on a terminal that has been closed the end (the signal that is returned is aborted), to a service "read your
 * configuration again", as `man 7 daemon` has it.
 */
function onHangUp(io: Io, reload: () => void): AbortSignal {
  const onTerminal = io.in.isTTY || io.out.isTTY || io.err.isTTY;
  const closed = new AbortController();
  process.on("SIGHUP", () => (onTerminal ? closed.abort() : reload()));
  return closed.signal;
}

/** Aborted by one more of `stopSignals`. A shell that goes says SIGHUP twice, so that does not count. */
function onSecondSignal(): AbortSignal {
  const hurry = new AbortController();
  for (const name of stopSignals) {
    process.on(name, () => {
      // Not even the quick end comes to one.
      if (hurry.signal.aborted) process.exit(130);
      hurry.abort();
    });
  }
  return hurry.signal;
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
  const destination = logOutput(2);
  if (!io.err.isTTY) return pino(options, destination);
  return pino(options, pretty({ destination, translateTime: "HH:MM:ss", ignore: "pid,hostname" }));
}
