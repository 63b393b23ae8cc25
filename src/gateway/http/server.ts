/** The HTTP server under Fastify: relayed requests take the short way past it, and clients that dawdle are let go. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyServerFactory } from "fastify";
import type { ProblemData } from "../../domain/problem.ts";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import { problemStatus } from "./problem-answer.ts";

/** A client has so long for its headers, and for the whole of its request: connections are few and long here. */
const patience = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5000 };
/** Longer than clients and proxies keep theirs, so that they close idle connections and no request meets a closed one. */
const keepAliveTimeout = 75_000;

/** `first` takes a request and returns true, or leaves it to Fastify. */
export function serverFactory(
  first: (...exchange: Parameters<RequestListener>) => boolean,
  limits = patience,
): FastifyServerFactory {
  return (fastify) => {
    const listener: RequestListener = (request, response) => {
      if (!first(request, response)) fastify(request, response);
    };
    // A missing Host is no reason to answer without a word.
    const server: Server = createServer({ ...limits, keepAliveTimeout, requireHostHeader: false }, listener);
    return server;
  };
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

/** What never became a request still gets an error object. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = broken(error.code);
  const body = openaiDialect.errorBody(problem);
  const head = `HTTP/1.1 ${problemStatus(problem)} Bad Request\r\ncontent-type: application/json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

function broken(code: string | undefined): ProblemData {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { code: "invalid_request", message: "The request did not arrive in time. Send it in one go." };
    case "HPE_HEADER_OVERFLOW":
      return {
        code: "invalid_request",
        message: "The request's headers are larger than 16 KiB. Send fewer or shorter ones.",
      };
    default:
      return {
        code: "invalid_request",
        message: "This is not valid HTTP/1.1. Check the client, or a proxy in between.",
      };
  }
}
