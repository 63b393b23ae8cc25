/** The control API on a real port, over a FakeLink and a real store. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { Agent, request } from "undici";
import { type ControlOptions, controlPrefix, registerControl } from "../../../src/control/control.ts";
import { registerInvitationPage } from "../../../src/control/invitation-page.ts";
import { Invitations } from "../../../src/control/invitations.ts";
import { Meter } from "../../../src/domain/limits/meter.ts";
import { Problem } from "../../../src/domain/problem.ts";
import { openStore } from "../../../src/store/store.ts";
import { FakeLink } from "./fake-link.ts";

const noGauges = new Meter().gauges({}, { steady: 0, wall: 0 });

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any;
}

/** `more` registers what else is to be served. */
export async function startControl(changes: Partial<ControlOptions> = {}, more = (_app: FastifyInstance) => {}) {
  const home = mkdtempSync(join(tmpdir(), "hearth-control-"));
  const store = await openStore(home);
  const link = new FakeLink();
  const app = Fastify();
  const invitations = new Invitations();
  registerInvitationPage(app, { invitations, keys: store.keys, audit: store.audit });
  registerControl(app, {
    ...{ link, keys: store.keys, requests: store.requests, budget: () => null, choices: () => [], version: "1.2.3" },
    ...{ stopping: new AbortController().signal, log: { info() {} }, requireAdmin: adminOnly, requireKey: anybody },
    ...{
      configuredKeys: () => [],
      audit: store.audit,
      people: { gauges: () => noGauges, open: () => [] },
      invitations,
    },
    ...{ power: () => ({ watts: 100, price: 0.3, currency: "EUR" }) },
    ...changes,
  });
  more(app);
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  const agent = new Agent();
  const url = (path: string) => `${origin}${controlPrefix}${path}`;
  const authorized = { authorization: "Bearer admin", "x-request-id": "one" };

  async function send(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Reply> {
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const type = text === null ? {} : { "content-type": "application/json" };
    const headers = { ...authorized, ...type };
    const answer = await request(url(path), { method, body: text, headers, dispatcher: agent });
    return { status: answer.statusCode, headers: answer.headers, json: await answer.body.json() };
  }

  return {
    ...{ link, store, home, origin, url, agent, app },
    get: (path: string) => send("GET", path),
    post: (path: string, body?: unknown) => send("POST", path, body),
    put: (path: string, body?: unknown) => send("PUT", path, body),
    delete: (path: string) => send("DELETE", path),
    /** An answer without an end: its text so far, and how to leave. */
    async open(path: string) {
      const leave = new AbortController();
      const answer = await request(url(path), { headers: authorized, dispatcher: agent, signal: leave.signal });
      return { status: answer.statusCode, headers: answer.headers, body: answer.body, leave: () => leave.abort() };
    },
    async close() {
      await app.close();
      await agent.close();
      await store.close();
      rmSync(home, { recursive: true });
    },
  };
}

export type ControlServer = Awaited<ReturnType<typeof startControl>>;

/** `Bearer NAME` is the key of that name. */
async function anybody(incoming: FastifyRequest): Promise<void> {
  const name = incoming.headers.authorization?.replace("Bearer ", "");
  if (name === undefined) throw new Problem("invalid_api_key", "No API key.");
  const role = name === "admin" ? "admin" : "user";
  incoming.key = { name, hash: `sha256:${"0".repeat(64)}`, models: ["*"], priority: "interactive", role };
}

async function adminOnly(incoming: FastifyRequest): Promise<void> {
  const { authorization } = incoming.headers;
  if (authorization === undefined) throw new Problem("invalid_api_key", "No API key.");
  if (authorization !== "Bearer admin") throw new Problem("admin_key_required", "This key is no administrator's.");
  await anybody(incoming);
}
