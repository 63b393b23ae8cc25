/**
 * The names that this server answers to. A web page whose own name is made to lead here (DNS rebinding) would otherwise
 * speak to it as a page of the same origin, from the browser of somebody on this machine or in this house.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { isLoopback } from "../../config/loopback.ts";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import { problemHeaders, problemStatus } from "./problem-answer.ts";

type Called = Pick<IncomingMessage, "rawHeaders" | "socket" | "url">;

export interface Hosts {
  /** Whether a request calls this server by one of its names, and by no other. */
  serves(request: Called): boolean;
  /** Takes effect for the next request. */
  setNames(names: string[]): void;
}

/** How this machine calls itself, and how Docker calls it in containers. */
const own = hostname().toLowerCase();
const always = ["localhost", "host.docker.internal", own, own.split(".")[0]!, `${own.split(".")[0]}.local`];

/** `names`: those of the configuration. */
export function createHosts(names: string[]): Hosts {
  let known = knownWith(names);
  return {
    serves(request) {
      const { socket } = request;
      const hosts = hostsOf(request);
      // HTTP/1.0 knows no Host; no browser speaks that.
      if (hosts.length === 0) return isLoopback(socket.remoteAddress ?? "");
      return hosts.every((host) => {
        const name = nameIn(host);
        // No page has an address of this machine for its own name, unless it came from here.
        if (known.has(name) || isIP(name) !== 0) return true;
        return !isLoopback(socket.localAddress ?? "") && isNeverPublic(name);
      });
    },
    setNames(next) {
      known = knownWith(next);
    },
  };
}

/** Of every Host header, and of a target that is a whole URL, which goes before them (RFC 9112, 3.2.2). Empty ones say nothing. */
function hostsOf({ rawHeaders, url = "" }: Pick<Called, "rawHeaders" | "url">): string[] {
  const hosts = url.startsWith("/") ? [] : [URL.parse(url)?.host ?? ""];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]!.length === 4 && rawHeaders[at]!.toLowerCase() === "host") hosts.push(rawHeaders[at + 1]!);
  }
  return hosts.filter((host) => host !== "");
}

function knownWith(names: string[]): Set<string> {
  return new Set([...always, ...names.map((name) => name.toLowerCase())]);
}

/** Without port, brackets and the root's dot. */
function nameIn(host: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d*)?$/i.exec(host);
  if (bracketed !== null) return bracketed[1]!;
  const colon = host.indexOf(":");
  return (colon < 0 ? host : host.slice(0, colon)).toLowerCase().replace(/\.$/, "");
}

/**
 * Names that nobody can register: a service of Compose, a computer of the house. Those who came over a network may use
 * them, so that they need no configuration.
 */
function isNeverPublic(name: string): boolean {
  return /^[\w-]+$/.test(name) || /\.(?:local|internal|localhost|home\.arpa)$/.test(name);
}

/** Before anything else is done with the request: also without a key, and on every route. */
export function refuseStrangeHost(request: IncomingMessage, response: ServerResponse): void {
  const hosts = hostsOf(request);
  const name = hosts.map((host) => JSON.stringify(nameIn(host).slice(0, 100))).join(" and ");
  const message =
    hosts.length === 0
      ? "The request has no Host header: name this server in it."
      : `This server is not known as ${name}: add that to \`hosts\` in hearth.yaml (or HEARTH_HOSTS), or use an IP address.`;
  const problem = { code: "misdirected_request", message } as const;
  const body = openaiDialect.errorBody(problem);
  const length = { "content-length": Buffer.byteLength(body) };
  const headers = { ...problemHeaders(problem), ...length, "x-request-id": randomUUID(), connection: "close" };
  response.writeHead(problemStatus(problem), headers).end(body);
}
