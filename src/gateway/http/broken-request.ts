/** What never became a request still gets an error object, and its connection ends. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ProblemData } from "../../domain/problem.ts";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import { problemStatus } from "./problem-answer.ts";

/** Who was refused has so long to read it. */
const goodbyeMs = 1000;

/** For the server's `clientError`. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  refuse(socket, broken(error.code));
}

/** For the server's `connect`: nobody is led on to another address. */
export function refuseTunnel(_: unknown, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  refuse(socket, { code: "method_not_allowed", message: "Hearth is no proxy: it takes no CONNECT." });
}

function refuse(socket: Duplex, problem: ProblemData): void {
  const body = openaiDialect.errorBody(problem);
  const status = problemStatus(problem);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
  const late = setTimeout(() => socket.destroy(), goodbyeMs).unref();
  socket.once("close", () => clearTimeout(late));
}

function broken(code: string | undefined): ProblemData {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { code: "request_timeout", message: "The request did not arrive in time. Send it in one go." };
    case "HPE_HEADER_OVERFLOW":
      return {
        code: "headers_too_large",
        message: "The request's headers are larger than 16 KiB. Send fewer or shorter ones.",
      };
    default:
      return {
        code: "invalid_request",
        message: "This is not valid HTTP/1.1. Check the client, or a proxy in between.",
      };
  }
}
