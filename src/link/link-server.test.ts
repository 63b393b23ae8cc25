import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { AcquireListener, AcquireRequest, Grant, LinkHost, Snapshot } from "./link.ts";
import { type LinkServer, serveLink } from "./link-server.ts";
import { type RemoteLink, remoteLink } from "./remote-link.ts";
import { linkProtocol } from "./wire.ts";

const token = "a-token-of-this-test";
const silent = { info() {}, warn() {} };
const snapshot = { at: 1, heartbeatAt: 1, why: "all is well", models: [], queueDepth: 0 } as unknown as Snapshot;
const grant: Grant = { model: "a", generation: 7, origin: "http://127.0.0.1:1", apiKey: "k", servedName: "a" };
const request: AcquireRequest = { id: "r", model: "a", client: "me", priority: "interactive", whenBusy: "hold" };

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
  await expect.poll(() => next.host.resumed, { timeout: 5000 }).toEqual(["r 7"]);
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

test("without a waker a request that does not wait is told at once, and commands are", async () => {
  const link = linked("http://127.0.0.1:9");
  const { heard } = asked(link, { ...request, whenBusy: "reject" });
  expect(await heard).toMatchObject({ code: "model_unavailable", retryAfterSeconds: 5 });
  await expect(link.command({ type: "touch", model: "a" })).rejects.toThrow(/waker/);
});
