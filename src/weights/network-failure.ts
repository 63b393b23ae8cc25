/** What went wrong on the way to a server: whether to try again, and how to say it. */
import { isOutside } from "../domain/outside.ts";
import { SourceFailure } from "./source.ts";

/** The server answered, with a status that is no file. */
export class HttpStatusFailure extends Error {
  override name = "HttpStatusFailure";
  readonly status: number;

  constructor(status: number, url: string) {
    super(`${new URL(url).host} answered ${status}${hints[status] ?? ""}`);
    this.status = status;
  }
}

const hints: Record<number, string> = {
  401: " (it wants credentials)",
  403: " (access denied)",
  404: " (not found)",
  407: " (the proxy wants credentials)",
  429: " (too many requests)",
};

/** Errors of node:net, node:dns, node:tls and undici that say nothing about the file itself. */
const networkCodes: Record<string, string> = {
  ENOTFOUND: "its name cannot be resolved",
  EAI_AGAIN: "its name cannot be resolved now",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  EHOSTUNREACH: "no route to it",
  ENETUNREACH: "no network",
  ETIMEDOUT: "timed out",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "went silent",
  UND_ERR_SOCKET: "connection cut",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "connection cut",
};

/** Whether the same request may well work a moment later. */
export function isTransient(error: unknown): boolean {
  if (error instanceof HttpStatusFailure) return error.status === 408 || error.status === 429 || error.status >= 500;
  return networkCode(error) !== null;
}

const refusedStatuses = new Set([401, 403, 407]);

/** Whether it says nothing about the file: no network, no room, a server that is overloaded or wants a login. */
export function isOutOfReach(error: unknown): boolean {
  if (error instanceof HttpStatusFailure && refusedStatuses.has(error.status)) return true;
  return isTransient(error) || chain(error).some(isOutside);
}

/** One clause for people, with the host where it is known. */
export function explain(error: unknown): string {
  if (error instanceof SourceFailure) return error.message;
  const code = networkCode(error);
  if (code !== null) {
    const host = hostOf(error);
    return host === null ? `${networkCodes[code]} (${code})` : `${host}: ${networkCodes[code]} (${code})`;
  }
  const inner = innermost(error);
  return inner.message || inner.name;
}

function networkCode(error: unknown): string | null {
  for (const each of chain(error)) {
    const code = (each as { code?: unknown }).code;
    if (typeof code === "string" && code in networkCodes) return code;
  }
  return null;
}

function hostOf(error: unknown): string | null {
  for (const each of chain(error)) {
    const { hostname, address, port } = each as { hostname?: string; address?: string; port?: number };
    if (hostname !== undefined) return hostname;
    if (address !== undefined) return port === undefined ? address : `${address}:${port}`;
  }
  return null;
}

function innermost(error: unknown): Error {
  return chain(error).at(-1) ?? new Error(String(error));
}

/** The error, its causes, and what an AggregateError (several addresses of one name) holds first. */
function chain(error: unknown): Error[] {
  const errors: Error[] = [];
  for (let each = error; each instanceof Error && errors.length < 10; ) {
    errors.push(each);
    each = each instanceof AggregateError ? each.errors[0] : each.cause;
  }
  return errors;
}
