/** Every call that passes the guard, one entry each. */
import type { IncomingMessage } from "node:http";
import { checkLinks, checkNeighbours } from "./binds.ts";
import { checkStart, neighbours, type OwnContainer, ownContainer } from "./containers.ts";
import { bindsIn, checkCreateBody, createBodySchema } from "./create-body.ts";
import type { Onward } from "./daemon.ts";
import { narrowed } from "./label-filters.ts";
import { covers, type Names } from "./names.ts";
import { Refusal } from "./refusal.ts";
import { readText } from "./request-body.ts";
import type { Settings } from "./settings.ts";

export interface CallRequest {
  request: IncomingMessage;
  /** What the path's pattern has caught. */
  name: string;
  query: URLSearchParams;
}

export interface Call {
  method: "GET" | "POST" | "DELETE";
  path: RegExp;
  /** Each parameter that may be there, and what it may say. */
  query: Record<string, RegExp>;
  /** What goes on to the daemon. Null: there is no such container. Throws a Refusal. */
  admit: (asked: CallRequest, settings: Settings) => Promise<Onward | null> | Onward | null;
}

/** Checked where the call is admitted. */
const anything = /^/;
const flag = /^(true|false|1|0)$/;
const number = /^\d{1,6}$/;

export const calls: Call[] = [
  { method: "GET", path: /^\/_ping$/, query: {}, admit: () => ({ method: "GET", path: "/_ping" }) },
  { method: "GET", path: /^\/info$/, query: {}, admit: () => ({ method: "GET", path: "/info", narrow: machineFacts }) },
  {
    method: "GET",
    path: /^\/events$/,
    query: { filters: anything },
    admit: ({ query }) => get("/events", { filters: narrowed(query.get("filters"), { type: ["container"] }) }),
  },
  {
    method: "GET",
    path: /^\/containers\/json$/,
    query: { all: flag, filters: anything },
    admit: ({ query }) => get("/containers/json", { ...plain(query), filters: narrowed(query.get("filters")) }),
  },
  {
    method: "POST",
    path: /^\/containers\/create$/,
    query: { name: /^hearth-[a-zA-Z0-9_.-]{1,120}$/ },
    admit: create,
  },
  container("GET", "json", {}),
  container("GET", "logs", { stdout: flag, stderr: flag, follow: flag, tail: /^(\d{1,9}|all)$/ }),
  container("GET", "stats", { stream: flag, "one-shot": flag }),
  container("POST", "start", {}, checkStart),
  container("POST", "stop", { t: number }),
  container("POST", "kill", { signal: /^SIG(TERM|KILL)$/ }),
  container("DELETE", null, { v: flag }),
  {
    method: "GET",
    path: /^\/images\/(.+)\/json$/,
    query: {},
    admit: ({ name }, { policy }) => get(`/images/${allowed(name, policy.images, "HEARTH_GUARD_IMAGES")}/json`, {}),
  },
  {
    method: "GET",
    path: /^\/distribution\/(.+)\/json$/,
    query: {},
    admit: ({ name, request }, { policy }) => ({
      ...get(`/distribution/${allowed(name, policy.images, "HEARTH_GUARD_IMAGES")}/json`, {}),
      headers: registryLogin(request),
    }),
  },
  { method: "POST", path: /^\/images\/create$/, query: { fromImage: anything }, admit: pull },
  {
    method: "POST",
    path: /^\/build$/,
    query: { t: anything, dockerfile: /^[\w./-]+$/, buildargs: anything, rm: flag, forcerm: flag },
    admit: build,
  },
];

/** What the daemon is and runs on: nothing of what it holds, whose it is, or how it is set up. */
function machineFacts(info: unknown): unknown {
  const { ServerVersion, OSType, Architecture } = info as Record<string, unknown>;
  return { ServerVersion, OSType, Architecture };
}

/** A call on one container, which must be Hearth's. No body goes on: old versions of the API took settings there. */
function container(
  method: Call["method"],
  action: string | null,
  query: Call["query"],
  check?: (container: OwnContainer, settings: Settings) => Promise<void>,
): Call {
  const end = action === null ? "" : `/${action}`;
  return {
    method,
    path: new RegExp(`^/containers/([a-zA-Z0-9][a-zA-Z0-9_.-]*)${end}$`),
    query,
    async admit({ name, query: given }, settings) {
      const found = await ownContainer(settings.docker, name);
      if (found === null) return null;
      await check?.(found, settings);
      return { method, path: withQuery(`/containers/${found.Id}${end}`, plain(given)) };
    },
  };
}

async function create({ request, query }: CallRequest, { docker, policy }: Settings): Promise<Onward> {
  const name = query.get("name");
  if (name === null) throw new Refusal("the query lacks the container's name.");
  const body = checkCreateBody(await readText(request), createBodySchema(policy));
  const binds = bindsIn(body);
  if (binds.length > 0) {
    checkNeighbours(binds, await neighbours(docker));
    await checkLinks(binds, policy);
  }
  return {
    method: "POST",
    path: withQuery("/containers/create", { name }),
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

function pull({ request, query }: CallRequest, { policy }: Settings): Onward {
  const image = query.get("fromImage") ?? "";
  const listed = covers(policy.images, image) ? image : image.replace(/:latest$/, "");
  allowed(listed, policy.images, "HEARTH_GUARD_IMAGES");
  return {
    method: "POST",
    path: withQuery("/images/create", { fromImage: image }),
    headers: registryLogin(request),
  };
}

function registryLogin({ headers }: IncomingMessage): Record<string, string> {
  const login = headers["x-registry-auth"];
  return typeof login === "string" ? { "x-registry-auth": login } : {};
}

function build({ request, query }: CallRequest, { policy }: Settings): Onward {
  allowed(query.get("t") ?? "", policy.images, "HEARTH_GUARD_IMAGES");
  allowed(query.get("t") ?? "", policy.builds, "HEARTH_GUARD_BUILDS");
  const headers = { "content-type": "application/x-tar" };
  return { method: "POST", path: withQuery("/build", plain(query)), headers, body: request };
}

/** An image's name as Docker writes it, whose path needs no escapes. */
const imageName = /^[\w-]+([.:@/][\w-]+)*$/;

function allowed(image: string, names: Names, setting: string): string {
  if (!imageName.test(image)) throw new Refusal(`${JSON.stringify(image)} is not the name of an image.`);
  if (!covers(names, image)) throw new Refusal(`image ${image} is not in ${setting}.`);
  return image;
}

function get(path: string, query: Record<string, string>): Onward {
  return { method: "GET", path: withQuery(path, query) };
}

function withQuery(path: string, query: Record<string, string>): string {
  const written = new URLSearchParams(query).toString();
  return written === "" ? path : `${path}?${written}`;
}

function plain(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}
