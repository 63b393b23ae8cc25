import Docker from "dockerode";
import { DaemonFailure, failureOf } from "./failure.ts";

/** A Docker daemon, or the guard in front of one. Nothing is connected before something is asked. */
export interface Daemon {
  client: Docker;
  /** For people. */
  address: string;
  /**
   * One call, bounded in time; rejects with a DaemonFailure, or with the signal's reason. `what` completes
   * "could not".
   */
  ask<T>(what: string, seconds: number, call: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** How long a call may take that only reads or writes the daemon's own records. */
export const recordSeconds = 15;

/** `host`: `unix:///path` or `tcp://host:port`. Without it DOCKER_HOST counts, then Docker's usual socket. */
export function connectTo(host: string | undefined): Daemon {
  const client = clientFor(host);
  const address = host ?? process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
  return {
    client,
    address,
    async ask(what, seconds, call, signal) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), seconds * 1000);
      const either = signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]);
      try {
        // Some of dockerode's calls do not heed a signal.
        return await Promise.race([call(either), whenAborted(either)]);
      } catch (error) {
        signal?.throwIfAborted();
        if (!late.signal.aborted) throw failureOf(error, what, address);
        const message = `Could not ${what}: Docker at ${address} gave no answer in ${seconds} s.`;
        throw new DaemonFailure("late", message, "", error);
      } finally {
        // A stream that was opened in time lasts as long as it likes.
        clearTimeout(timer);
      }
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

/** The guard wants a token where it listens on a network. */
function guardHeaders(): Record<string, string> {
  const token = process.env.HEARTH_GUARD_TOKEN;
  return token ? { authorization: `Bearer ${token}` } : {};
}

function clientFor(host: string | undefined): Docker {
  const headers = guardHeaders();
  if (host === undefined) return new Docker({ headers });
  const { protocol, hostname, port, pathname } = new URL(host);
  // An explicit `host: undefined` keeps DOCKER_HOST from winning over the argument.
  if (protocol === "unix:") return new Docker({ host: undefined, socketPath: pathname, headers });
  if (protocol === "tcp:") return new Docker({ protocol: "http", host: hostname, port, headers });
  throw new Error(`Docker host ${host}: expected unix:///path/to/docker.sock or tcp://host:port.`);
}

/** Null where a daemon answers. One on a machine that has just started, or loads a model, may take seconds for it. */
export async function whyAway(host?: string): Promise<DaemonFailure | null> {
  try {
    const daemon = connectTo(host);
    await daemon.ask("reach Docker", recordSeconds, () => daemon.client.ping());
    return null;
  } catch (error) {
    return failureOf(error, "reach Docker", host ?? "its usual socket");
  }
}
