/** The real Docker daemon, behind the guard. */
import { type IncomingMessage, request } from "node:http";
import type { Address } from "./settings.ts";

/** A call as it goes on: put together anew from checked parts. */
export interface Onward {
  method: string;
  /** With its query. No version: the daemon's newest rules apply, the oldest are laxer. */
  path: string;
  headers?: Record<string, string>;
  body?: string | IncomingMessage;
  /** What of a whole JSON answer goes back. Absent: all of it, as it comes. */
  narrow?: (answer: unknown) => unknown;
}

/** Resolves with the answer's head; the body is to be read. Rejects where there is no daemon. */
export function callDaemon(docker: Address, onward: Onward, signal: AbortSignal): Promise<IncomingMessage> {
  const { method, path, headers = {}, body } = onward;
  const target = "path" in docker ? { socketPath: docker.path } : docker;
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...target, method, path, headers: { host: "docker", ...headers }, signal });
    outgoing.on("response", resolve);
    outgoing.on("error", (cause) => reject(new Error(`the daemon does not answer: ${cause.message}`, { cause })));
    if (typeof body === "object") body.on("error", reject).pipe(outgoing);
    else outgoing.end(body);
  });
}
