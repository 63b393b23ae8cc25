/** The guard's HTTP server: who may call, what is passed on, what is answered. */
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Logger } from "pino";
import { admit } from "./admission.ts";
import { callDaemon } from "./daemon.ts";
import { Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";

export function createGuard(settings: Settings, log: Pick<Logger, "info" | "warn">): Server {
  // An upgrade (attach, exec) is nothing special without a listener for it: a call that no entry names.
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    answer(request, response, settings, log, gone.signal).catch((error: Error) => {
      if (gone.signal.aborted) return;
      // Cut, so that half an answer never looks whole.
      if (response.headersSent) response.destroy();
      else say(response, error instanceof Refusal ? 403 : 502, error.message);
      const call = { method: request.method, path: pathOf(request.url!) };
      if (error instanceof Refusal) log.warn(call, `refused: ${error.message}`);
      else log.warn(call, `Docker: ${error.message}`);
    });
  });
  // The context of a build may take long to arrive.
  server.requestTimeout = 0;
  return server;
}

const longestLogged = 200;

/** Without its query, in which a caller may have put anything, keys included. */
function pathOf(url: string): string {
  return url.split("?", 1)[0]!.slice(0, longestLogged);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
  log: Pick<Logger, "info">,
  gone: AbortSignal,
): Promise<void> {
  if (!isKnown(request, settings.token)) return say(response, 401, "The guard wants its token as a bearer token.");
  const onward = await admit(request, settings);
  if (onward === null) return say(response, 404, "No such container");
  if (onward.method !== "GET") log.info({ method: onward.method, path: pathOf(onward.path) }, "passed on");
  const heard = await callDaemon(settings.docker, onward, gone);
  if (onward.narrow !== undefined && heard.statusCode === 200) {
    const narrowed = onward.narrow(JSON.parse(await text(heard)));
    return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(narrowed));
  }
  const type = heard.headers["content-type"];
  response.writeHead(heard.statusCode!, type === undefined ? {} : { "content-type": type });
  // Followers wait for the head of an answer that has no line yet.
  response.flushHeaders();
  await pipeline(heard, response);
}

function isKnown({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ""), digest(`Bearer ${token}`));
}

/** In the form of Docker's own errors. */
function say(response: ServerResponse, status: number, message: string): void {
  const told = status === 403 ? `Hearth's guard in front of Docker refused it: ${message}` : message;
  response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify({ message: told })}\n`);
}
