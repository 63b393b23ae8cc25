/**
 * The HTTP server under Fastify: relayed requests take the short way past it, clients that dawdle are let go, and no
 * address can take all connections.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyServerFactory } from "fastify";
import { boundStrangers } from "../../link/strangers.ts";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import { refuseTunnel } from "./broken-request.ts";
import { answerHalfClosed } from "./half-closed.ts";
import { type Hosts, refuseStrangeHost } from "./hosts.ts";
import { problemHeaders, problemStatus } from "./problem-answer.ts";

/** A client has so long for its headers, and for the whole of its request: connections are few and long here. */
const patience = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5000 };
/** Longer than clients and proxies keep theirs, so that they close idle connections and no request meets a closed one. */
const keepAliveTimeout = 75_000;
/** Connections of one address; behind a proxy or Docker's network all clients may have one. */
const mostOfOneAddress = 4096;
/** Connections that have not yet sent a request's head. A burst of clients is accepted before any of them is read. */
const mostSilent = 2048;

/** `hosts` are the names to answer to; `first` takes a request and returns true, or leaves it to Fastify. */
export function serverFactory(
  hosts: Pick<Hosts, "serves">,
  first: (...exchange: Parameters<RequestListener>) => boolean,
  limits = patience,
  most = mostOfOneAddress,
): FastifyServerFactory {
  return (fastify) => {
    const listener: RequestListener = (request, response) => {
      heard(request.socket);
      if (!hosts.serves(request)) return refuseStrangeHost(request, response);
      if (!request.url!.startsWith("/")) request.url = originForm(request.url!);
      if (!first(request, response)) fastify(request, response);
    };
    // A missing Host is no reason to answer without a word.
    const server: Server = createServer({ ...limits, keepAliveTimeout, requireHostHeader: false }, listener);
    const heard = boundStrangers(server, mostSilent);
    boundAddresses(server, most);
    answerHalfClosed(server);
    server.on("checkExpectation", refuseExpectation);
    server.on("connect", refuseTunnel);
    return server;
  };
}

/** RFC 9112, 3.2.2: a target may be a whole URL, as to a proxy. `OPTIONS *` stays. */
function originForm(target: string): string {
  const url = URL.parse(target);
  return url === null ? target : `${url.pathname}${url.search}`;
}

/** One address more than its share is closed without a word: an answer each would cost what is to be saved. */
function boundAddresses(server: Server, most: number): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const { remoteAddress = "" } = socket;
    const count = (open.get(remoteAddress) ?? 0) + 1;
    open.set(remoteAddress, count);
    socket.once("close", () => {
      const left = open.get(remoteAddress)! - 1;
      if (left === 0) open.delete(remoteAddress);
      else open.set(remoteAddress, left);
    });
    if (count > most) socket.destroy();
  });
}

/** RFC 9110, 10.1.1: `100-continue` is the only expectation there is; Node answers that one itself. */
function refuseExpectation(request: IncomingMessage, response: ServerResponse): void {
  const message = `\`Expect: ${request.headers.expect?.slice(0, 100)}\` cannot be met here. Leave the header out.`;
  const problem = { code: "expectation_failed", message } as const;
  response.writeHead(problemStatus(problem), { ...problemHeaders(problem), connection: "close" });
  response.end(openaiDialect.errorBody(problem));
}

/** A gateway that is closing waits no longer than this for answers that still run. */
const longestGoodbyeMs = 10_000;

/** At the end no connection is waited for that a client merely keeps: also not one whose answer has just ended. */
export function letConnectionsGo(app: FastifyInstance): void {
  app.addHook("preClose", async () => {
    const { server } = app;
    const idle = setInterval(() => server.closeIdleConnections(), 200).unref();
    const all = setTimeout(() => server.closeAllConnections(), longestGoodbyeMs).unref();
    server.once("close", () => {
      clearInterval(idle);
      clearTimeout(all);
    });
  });
}
