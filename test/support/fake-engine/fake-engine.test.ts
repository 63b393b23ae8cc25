import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { OwnedProcess } from "../processes/owned-process.ts";
import { until } from "../until.ts";
import { readStats } from "./stats.ts";

const entry = fileURLToPath(new URL("../fake-engine.ts", import.meta.url));
const started: OwnedProcess[] = [];
let folder: string;
let stats: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-engine-"));
  stats = join(folder, "stats");
});

afterEach(async () => {
  for (const child of started.splice(0)) await child.end("SIGKILL");
  await rm(folder, { recursive: true });
});

/** Starts it and waits until it listens, or has crashed as its flags say. */
async function engine(flags: string[] = [], env: Record<string, string> = {}) {
  const port = await freePort();
  const args = [entry, "--port", String(port), "--model", "m", "--stats", stats, ...flags];
  const child = new OwnedProcess(process.execPath, args, { env });
  started.push(child);
  await child.says(/ on 127\.0\.0\.1:|told to crash/);
  if (child.log.includes("told to crash")) await child.exited;
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    origin,
    post: (path: string, body: unknown, init: RequestInit = {}) =>
      fetch(origin + path, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...init,
        headers: { "content-type": "application/json", ...init.headers },
      }),
  };
}

async function json<T = unknown>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

const chat = { model: "m", messages: [{ role: "user", content: "hello" }] };

test("streams a chat as vLLM does, with usage in the last chunk", async () => {
  const { post } = await engine(["--tokens", "3"]);
  const answer = await post("/v1/chat/completions", { ...chat, stream: true, stream_options: { include_usage: true } });
  const events = (await answer.text()).split("\n\n").filter(Boolean);
  expect(events.at(-1)).toBe("data: [DONE]");
  const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice("data: ".length)));
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content).join("")).toBe("word1 word2 word3 ");
  expect(chunks.at(-1).usage).toEqual({ prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 });
});

test("answers text completions, embeddings, tokenize and detokenize", async () => {
  const { post } = await engine();
  const text = await json<{ choices: unknown[] }>(post("/v1/completions", { model: "m", prompt: "x", max_tokens: 1 }));
  expect(text.choices[0]).toMatchObject({ text: "word1 ", finish_reason: "length" });
  const vectors = await json<{ data: unknown[] }>(post("/v1/embeddings", { model: "m", input: ["a", "b"] }));
  expect(vectors.data).toHaveLength(2);
  const { tokens, count } = await json<{ tokens: number[]; count: number }>(
    post("/tokenize", { model: "m", prompt: "grün" }),
  );
  expect(count).toBe(5);
  expect(await json(post("/detokenize", { model: "m", tokens }))).toEqual({ prompt: "grün" });
});

test("demands the engine's key, and refuses a model that it does not serve", async () => {
  const { origin, post } = await engine([], { HEARTH_ENGINE_KEY: "secret" });
  expect((await post("/v1/chat/completions", chat)).status).toBe(401);
  expect((await fetch(`${origin}/health`)).status).toBe(200);
  const headers = { authorization: "Bearer secret" };
  expect((await post("/v1/chat/completions", { ...chat, model: "other" }, { headers })).status).toBe(404);
  expect((await post("/v1/chat/completions", chat, { headers })).status).toBe(200);
});

test("echoes headers and body byte for byte", async () => {
  const { post } = await engine();
  const body = '{ "model" : "m", "n":1e400, "fake": {"echo": true} }';
  const echo = await json<{ sha256: string; base64: string; headers: Record<string, string> }>(
    post("/v1/completions", body, { headers: { "x-mine": "1" } }),
  );
  expect(echo.sha256).toBe(createHash("sha256").update(body).digest("hex"));
  expect(Buffer.from(echo.base64, "base64").toString()).toBe(body);
  expect(echo.headers["x-mine"]).toBe("1");
});

test("crashes where it is told to, once, and the stats file outlives it", async () => {
  const first = await engine();
  const fake = { fate: "crash", after: 2, tag: "a", once: true };
  const broken = await first.post("/v1/chat/completions", { ...chat, stream: true, fake });
  await expect(broken.text()).rejects.toThrow();
  const second = await engine();
  expect((await second.post("/v1/chat/completions", { ...chat, fake })).status).toBe(200);
  const events = () => readStats(stats).flatMap(({ tag, event }) => (tag === "a" ? [event] : []));
  await expect.poll(events).toEqual(["request", "crash", "request", "done"]);
});

test("waits at a gate, and notices a client that goes away", async () => {
  const { origin, post } = await engine();
  const gate = (tag: string) => ({ ...chat, stream: true, fake: { fate: "gate", after: 1, tag } });
  const answer = await post("/v1/chat/completions", gate("a"));
  await until("the gate", async () => (await fetch(`${origin}/fake/gate/a`, { method: "POST" })).status === 200);
  expect(await answer.text()).toContain("[DONE]");
  const leaving = new AbortController();
  await post("/v1/chat/completions", gate("b"), { signal: leaving.signal });
  leaving.abort();
  await until("the abort", () => readStats(stats).some((entry) => entry.event === "abort" && entry.tag === "b"));
});

test("knobs in headers: a status, a slow first token", async () => {
  const { post } = await engine();
  expect((await post("/v1/completions", { model: "m" }, { headers: { "x-fake-status": "503" } })).status).toBe(503);
  const before = performance.now();
  await post("/v1/completions", { model: "m" }, { headers: { "x-fake-first-token-ms": "60" } });
  expect(performance.now() - before).toBeGreaterThan(55);
});

test("listens only once its file is there; unhealthy, unanswering and crashing starts", async () => {
  await writeFile(join(folder, "go"), "");
  const sick = await engine(["--load-until", join(folder, "go"), "--never-healthy", "--never-answers"]);
  expect((await fetch(`${sick.origin}/health`)).status).toBe(503);
  expect((await sick.post("/v1/completions", { model: "m" })).status).toBe(500);
  // The file has seen one start, so the second one still crashes and the third does not.
  const { child } = await engine(["--crash-starts", "2"]);
  expect((await child.exited).code).toBe(1);
  expect((await engine(["--crash-starts", "2"])).child.alive).toBe(true);
});

test("ignores SIGTERM when told to", async () => {
  const { child } = await engine(["--ignore-sigterm"]);
  void child.kill("SIGTERM");
  await until("the signal", () => readStats(stats).some((entry) => entry.event === "sigterm"));
  expect(child.alive).toBe(true);
  const polite = await engine();
  expect(await polite.child.kill("SIGTERM")).toEqual({ code: 0, signal: null });
});
