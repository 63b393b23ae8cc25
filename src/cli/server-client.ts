/**
 * Speaks to the running server: the one that this machine's HEARTH_HOME names, with its admin key, or HEARTH_URL with
 * HEARTH_API_KEY.
 */
import { request } from "undici";
import { loadHome } from "../config/load-home.ts";
import { readAdminKey } from "../control/admin-key.ts";
import { readServerFile } from "../control/server-file.ts";
import { CliError } from "./command.ts";
import type { Io } from "./io.ts";

export interface ServerClient {
  origin: string;
  headers: Record<string, string>;
}

export interface Reply {
  statusCode: number;
  body: Awaited<ReturnType<typeof request>>["body"];
}

/** Finds the server. Throws a CliError that says how to start one. */
export function findServer(io: Io): ServerClient {
  if (io.env.HEARTH_URL) {
    const key = io.env.HEARTH_API_KEY ?? io.env.VLLM_API_KEY;
    if (!key) throw new CliError("HEARTH_URL is set: set HEARTH_API_KEY too, to a key of that server.");
    return { origin: io.env.HEARTH_URL.replace(/\/+$/, ""), headers: { authorization: `Bearer ${key}` } };
  }
  const server = runningServer(io);
  if (server === null) {
    throw new CliError(
      "No Hearth runs here. Start one with `hearth serve` (or `npm start`), in another terminal.\n" +
        "For a Hearth on another machine set HEARTH_URL and HEARTH_API_KEY.",
    );
  }
  return server;
}

/** The server of this machine's HEARTH_HOME, or null where none runs. */
export function runningServer(io: Io): ServerClient | null {
  const home = loadHome(io);
  const file = readServerFile(home);
  return file && { origin: file.origin, headers: { authorization: `Bearer ${readAdminKey(home) ?? ""}` } };
}

/** One request with the body left to the caller. Throws a CliError with the server's own words for any error status. */
export async function call(
  server: ServerClient,
  path: string,
  init: {
    method?: "GET" | "POST" | "PUT" | "DELETE";
    json?: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  } = {},
): Promise<Reply> {
  const { method = "GET", json, headers = {}, signal } = init;
  const reply = await request(server.origin + path, {
    method,
    headers: { ...server.headers, ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: json === undefined ? null : JSON.stringify(json),
    bodyTimeout: 0,
    headersTimeout: 0,
    signal: signal ?? null,
  }).catch((error: NodeJS.ErrnoException) => {
    if (signal?.aborted) throw error;
    throw new CliError(
      `${server.origin} does not answer (${error.code ?? error.message}). Is the server still running?`,
    );
  });
  if (reply.statusCode >= 400) throw new CliError(await reasonOf(reply));
  return reply;
}

/** As `call`, with the answer's JSON. */
export async function callJson<T>(
  server: ServerClient,
  path: string,
  init: Parameters<typeof call>[2] = {},
): Promise<T> {
  return (await (await call(server, path, init)).body.json()) as T;
}

async function reasonOf({ statusCode, body }: Reply): Promise<string> {
  const text = await body.text();
  try {
    return (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    return `The server answered ${statusCode}: ${text.slice(0, 200)}`;
  }
}
