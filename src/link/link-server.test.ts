import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { noParameters } from "../domain/request-parameters.ts";
import type { AcquireListener, AcquireRequest, Grant, LinkHost, Snapshot } from "./link.ts";
import { type LinkServer, serveLink } from "./link-server.ts";
import { type RemoteLink, remoteLink } from "./remote-link.ts";
import { linkProtocol } from "./wire.ts";

const token = "a-token-of-this-test";
const silent = { info() {}, warn() {} };
const snapshot = {
  at: 1,
  heartbeatAt: 1,
  why: "all is well",
  models: [],
  memory: {},
  nodes: [],
  queueDepth: 0,
  weightsJobs: [],
} as unknown as Snapshot;
const grant: Grant = { model: "a", generation: 7, origin: "http://127.0.0.1:1", apiKey: "k", servedName: "a" };
const request: AcquireRequest = {
  id: "r",
  model: "a",
  client: "me",
  priority: "interactive",
  work: "chat",
  whenBusy: "hold",
};

/** A waker whose every word the test says. */
class ScriptedHost {
  readonly open = new Map<string, AcquireListener>();
  readonly releases: string[] = [];
  readonly resumed: string[] = [];
  acquire = (wanted: AcquireRequest, listener: AcquireListener) => {
    this.open.set(wanted.id, listener);
    return {
      progress: () => ({ place: 3, phase: "loading", percent: 40, secondsLeft: 12 }),
      answers: async () => false,
      release: (outcome: string) => void this.releases.push(`${wanted.id} ${outcome}`),
    };
  };
  resume = (wanted: AcquireRequest, held: Grant, listener: AcquireListener) => {
    this.resumed.push(`${wanted.id} ${held.generation}`);
    return this.acquire(wanted, listener);
  };
  snapshot = () => snapshot;
  subscribe = () => () => {};
  command = async () => {};
  async *logs() {
    yield "one line";
  }
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function served(host = new ScriptedHost(), port = 0): Promise<{ host: ScriptedHost; url: string; stop(): void }> {
  const server: Server = createServer((_, response) => response.writeHead(404).end()).listen(port, "127.0.0.1");
  await once(server, "listening");
  const link: LinkServer = serveLink({ server, host: host as unknown as LinkHost, token, log: silent });
  const stop = () => {
    link.close();
    server.close();
    server.closeAllConnections();
  };
  closing.push(stop);
  return { host, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function linked(url: string): RemoteLink {
  const link = remoteLink({ url, token, log: silent });
  closing.push(() => link.close());
  return link;
}

/** Resolves with the first thing that a request hears. */
function asked(link: RemoteLink, wanted = request) {
  const heard = Promise.withResolvers<unknown>();
  const ends = Promise.withResolvers<unknown>();
  const ticket = link.acquire(wanted, {
    granted: heard.resolve,
    refused: heard.resolve,
    cut: ends.resolve,
  });
  return { ticket, heard: heard.promise, cut: ends.promise };
}

test.each([
  ["a wrong token", { authorization: "Bearer wrong" }, 401],
  ["no token", {}, 401],
  ["another protocol", { authorization: `Bearer ${token}`, upgrade: "websocket" }, 404],
])("%s is refused before anything is said", async (_, headers, status) => {
  const { url } = await served();
  const sent = httpRequest(`${url}/link`, { headers: { connection: "Upgrade", upgrade: linkProtocol, ...headers } });
  sent.end();
  const [response] = await once(sent, "response");
  expect(response.statusCode).toBe(status);
  response.resume();
});

test("connections that ask for the link and reset, whenever they do, leave the others alone", async () => {
  const { host, url } = await served();
  const link = linked(url);
  await link.ready;
  const port = Number(new URL(url).port);
  const asks = (secret: string) =>
    `GET /link HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: ${linkProtocol}\r\nauthorization: Bearer ${secret}\r\n\r\n`;
  const openings = ["", "GET", asks("wrong"), asks(token), `${asks(token)}{"type":"hello"`, `${asks(token)}nonsense\n`];
  for (const opening of openings) {
    for (const wait of [false, true]) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(opening);
      // Some resets meet the answer on its way.
      if (wait && opening.includes("\r\n\r\n")) await once(socket, "data");
      socket.resetAndDestroy();
    }
  }
  const { heard } = asked(link);
  await expect.poll(() => host.open.has("r")).toBe(true);
  host.open.get("r")!.granted(grant);
  expect(await heard).toEqual(grant);
});

test.each([
  ["an unknown message", { type: "open the door" }],
  ["a request without its parts", { type: "acquire", id: 1, request: { id: "x" } }],
  [
    "an engine's address that is none",
    { type: "hello", gateway: "g", open: [{ id: 1, request, grant: { ...grant, origin: "file:///etc" } }] },
  ],
  ["no object", 7],
])("%s ends its connection alone", async (_, message) => {
  const { host, url } = await served();
  const link = linked(url);
  await link.ready;
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(
    `GET /link HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: ${linkProtocol}\r\nauthorization: Bearer ${token}\r\n\r\n`,
  );
  socket.write(`${JSON.stringify(message)}\n`);
  socket.resume();
  await once(socket, "close");
  const { heard } = asked(link);
  await expect.poll(() => host.open.has("r")).toBe(true);
  host.open.get("r")!.granted(grant);
  expect(await heard).toEqual(grant);
});

test("connections that say nothing are bounded, and lock no gateway out", async () => {
  const { url } = await served();
  const silentOnes = Array.from({ length: 100 }, () => connect(Number(new URL(url).port), "127.0.0.1"));
  const open = new Set(silentOnes);
  for (const socket of silentOnes) {
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    socket.resume();
  }
  await linked(url).ready;
  await expect.poll(() => open.size).toBeLessThanOrEqual(32);
  for (const socket of silentOnes) socket.destroy();
});

test("a request is granted, and its release is heard with how it ended", async () => {
  const { host, url } = await served();
  const link = linked(url);
  await link.ready;
  expect(link.snapshot().why).toBe("all is well");
  const { ticket, heard } = asked(link);
  await expect.poll(() => host.open.has("r")).toBe(true);
  host.open.get("r")!.granted(grant);
  expect(await heard).toEqual(grant);
  expect(await ticket.answers()).toBe(false);
  ticket.release("engineFailed");
  await expect.poll(() => host.releases).toEqual(["r engineFailed"]);
});

test("a refusal and a cut arrive with their problems", async () => {
  const { host, url } = await served();
  const link = linked(url);
  const waiting = asked(link);
  await expect.poll(() => host.open.has("r")).toBe(true);
  host.open.get("r")!.refused({ code: "queue_full", message: "Too many wait.", retryAfterSeconds: 9 });
  expect(await waiting.heard).toEqual({ code: "queue_full", message: "Too many wait.", retryAfterSeconds: 9 });
  const running = asked(link, { ...request, id: "s" });
  await expect.poll(() => host.open.has("s")).toBe(true);
  host.open.get("s")!.granted(grant);
  await running.heard;
  host.open.get("s")!.cut({ code: "engine_failed", message: "It died." });
  expect(await running.cut).toEqual({ code: "engine_failed", message: "It died." });
});

test("after a restart of the waker the next one hears of waiting requests and of leases with their grants", async () => {
  const first = await served();
  const link = linked(first.url);
  const running = asked(link);
  await expect.poll(() => first.host.open.has("r")).toBe(true);
  first.host.open.get("r")!.granted(grant);
  await running.heard;
  const waiting = asked(link, { ...request, id: "w" });
  await expect.poll(() => first.host.open.has("w")).toBe(true);
  first.stop();
  const next = await served(new ScriptedHost(), Number(new URL(first.url).port));
  await expect.poll(() => next.host.resumed).toEqual(["r 7"]);
  expect(next.host.open.has("w")).toBe(true);
  next.host.open.get("w")!.granted({ ...grant, generation: 8 });
  expect(await waiting.heard).toMatchObject({ generation: 8 });
});

test("logs come line by line, and end", async () => {
  const { url } = await served();
  const link = linked(url);
  await link.ready;
  const lines: string[] = [];
  const signal = new AbortController().signal;
  for await (const line of link.logs("a", { lines: 5, follow: false, signal })) lines.push(line);
  expect(lines).toEqual(["one line"]);
});

describe("while the waker is away", () => {
  const ready = { id: "a", aliases: [], capabilities: [], fixups: [], state: "ready", running: 0, waiting: 0 };
  const parameters = noParameters;
  const known = { ...ready, parameters, context: 1, concurrency: 2, process: { origin: grant.origin, generation: 7 } };
  /** A link that has had a grant of `a`, and whose waker is gone. */
  const orphaned = async (model: object) => {
    const host = new ScriptedHost();
    host.snapshot = () => ({ ...snapshot, models: [model] }) as unknown as Snapshot;
    const { url, stop } = await served(host);
    const link = linked(url);
    await link.ready;
    const first = asked(link);
    await expect.poll(() => host.open.has("r")).toBe(true);
    host.open.get("r")!.granted(grant);
    await first.heard;
    stop();
    await expect.poll(() => first.ticket.progress().phase).toContain("waker");
    return { link, first };
  };

  test("a ready engine that is known goes on being used, as far as it has room", async () => {
    const { link } = await orphaned(known);
    expect(await asked(link, { ...request, id: "s" }).heard).toEqual(grant);
    expect(await asked(link, { ...request, id: "t", whenBusy: "reject" }).heard).toMatchObject({
      code: "model_unavailable",
    });
  });

  test.each([
    ["is not ready", { ...known, state: "draining" }],
    ["is another one since", { ...known, process: { origin: grant.origin, generation: 8 } }],
  ])("an engine that %s is not", async (_, model) => {
    const { link } = await orphaned(model);
    const { heard } = asked(link, { ...request, id: "s", whenBusy: "reject" });
    expect(await heard).toMatchObject({ code: "model_unavailable", retryAfterSeconds: 5 });
  });
});

test("without a waker a request that does not wait is told at once, and commands are", async () => {
  const link = linked("http://127.0.0.1:9");
  const { heard } = asked(link, { ...request, whenBusy: "reject" });
  expect(await heard).toMatchObject({ code: "model_unavailable", retryAfterSeconds: 5 });
  await expect(link.command({ type: "touch", model: "a" })).rejects.toThrow(/waker/);
});
