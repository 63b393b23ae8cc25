import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createGuard } from "./server.ts";
import type { Settings } from "./settings.ts";

let folder: string;
const servers: Server[] = [];
const logged: string[] = [];
const tell = (_: unknown, message?: string) => void logged.push(message!);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-guard-server-"));
  logged.length = 0;
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
});

const policy = { images: ["a:1"], builds: [], binds: [], env: [], root: [], volumes: [], devices: [], networks: [] };

/** A guard in front of a stand-in for the daemon. */
async function guarding(docker: RequestListener | null, token: string | null = null): Promise<void> {
  const settings: Settings = {
    listen: { path: join(folder, "guard.sock") },
    docker: { path: join(folder, "docker.sock") },
    token,
    policy,
  };
  if (docker !== null) await listen(createServer(docker), join(folder, "docker.sock"));
  await listen(createGuard(settings, { info: tell, warn: tell }), join(folder, "guard.sock"));
}

async function listen(server: Server, path: string): Promise<void> {
  servers.push(server);
  await once(server.listen(path), "listening");
}

function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  return request({ socketPath: join(folder, "guard.sock"), path, headers, method });
}

async function answerOf(outgoing: ReturnType<typeof ask>): Promise<{ status: number; message: string }> {
  const [incoming] = await once(outgoing.end(), "response");
  const body = await text(incoming);
  return { status: incoming.statusCode, message: (JSON.parse(body) as { message: string }).message };
}

const echo: RequestListener = (incoming, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ message: `${incoming.url} ${JSON.stringify(incoming.headers)}` }));
};

test("without the token nobody is heard", async () => {
  await guarding(echo, "the right token");
  const refused = { status: 401, message: "The guard wants its token as a bearer token." };
  expect(await answerOf(ask("/_ping"))).toEqual(refused);
  expect(await answerOf(ask("/_ping", { authorization: "Bearer the wrong token" }))).toEqual(refused);
  expect((await answerOf(ask("/_ping", { authorization: "Bearer the right token" }))).status).toBe(200);
});

test("of the caller's headers none goes on: neither its token nor an upgrade", async () => {
  await guarding(echo, "the right token");
  const headers = { authorization: "Bearer the right token", connection: "upgrade", upgrade: "tcp", "x-other": "1" };
  const { message } = await answerOf(ask("/_ping", headers));
  expect(message).toBe('/_ping {"host":"docker","connection":"keep-alive"}');
});

test("of what the daemon says of itself no more passes than what it is", async () => {
  await guarding((_, response) => {
    response.end(
      JSON.stringify({ ServerVersion: "28", OSType: "linux", Architecture: "aarch64", HttpProxy: "http://a:b@c" }),
    );
  });
  const [incoming] = await once(ask("/info").end(), "response");
  expect(JSON.parse(await text(incoming))).toEqual({ ServerVersion: "28", OSType: "linux", Architecture: "aarch64" });
});

test("a refusal is an error in Docker's form, and is logged with its reason", async () => {
  await guarding(echo);
  const message = "the guard does not pass POST /containers/a/exec on.";
  expect(await answerOf(ask("/containers/a/exec", { connection: "upgrade", upgrade: "tcp" }, "POST"))).toEqual({
    status: 403,
    message: `Hearth's guard in front of Docker refused it: ${message}`,
  });
  expect(logged).toEqual([`refused: ${message}`]);
});

test("without a daemon the answer says so", async () => {
  await guarding(null);
  const { status, message } = await answerOf(ask("/_ping"));
  expect([status, message]).toEqual([502, expect.stringMatching(/^the daemon does not answer: connect ENOENT/)]);
});

test("a stream arrives as it comes, its head before its first byte, and ends at the daemon when the caller leaves", async () => {
  let left: Promise<unknown> = Promise.resolve();
  let say: (line: string) => void = () => {};
  await guarding((_, response) => {
    left = once(response, "close");
    response.writeHead(200).flushHeaders();
    say = (line) => response.write(line);
  });
  const outgoing = ask("/events").end();
  const [incoming] = await once(outgoing, "response");
  say("one");
  expect(String((await once(incoming, "data"))[0])).toBe("one");
  outgoing.destroy();
  await left;
});

test("an answer that the daemon breaks off never looks whole", async () => {
  await guarding((_, response) => {
    response.write("half", () => response.destroy());
  });
  const [incoming] = await once(ask("/_ping").end(), "response");
  await expect(text(incoming)).rejects.toThrow("aborted");
});
