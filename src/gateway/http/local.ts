/** Whether it is a program of this machine that asks. */
import type { IncomingMessage } from "node:http";
import { isLoopback } from "../../config/loopback.ts";

/** A proxy on this machine asks for others. */
const passedOn = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

export function isPassedOn(headers: IncomingMessage["headers"]): boolean {
  return passedOn.some((name) => name in headers);
}

export function isLocal({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): boolean {
  return isLoopback(socket.remoteAddress ?? "") && !isPassedOn(headers);
}
