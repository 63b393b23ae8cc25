import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { buffer } from "node:stream/consumers";
import { afterAll, describe, expect } from "vitest";
import { type ProblemCode, problemCatalogue } from "../../src/domain/problem.ts";
import { test } from "../support/e2e.ts";
import { type Answer, hashedKey } from "../support/hearth-client.ts";

const seen = new Set<string>();

/** Every error has this shape, whatever happened. */
function expectProblem(answer: Answer, code: ProblemCode, inMessage: string | RegExp): void {
  seen.add(code);
  const { status, kind } = problemCatalogue[code];
  expect([answer.status, answer.json?.error?.code, answer.text]).toEqual([status, code, answer.text]);
  expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  expect(answer.json.error.type).toBe(kind);
  expect(answer.json.error).toHaveProperty("param");
  expect(answer.json.error.message).toMatch(inMessage);
  expect(answer.json.error.message.length).toBeGreaterThan(20);
}

/** So that hours of this day are never now, whatever the zone. */
function dayAfterTomorrow(): string {
  return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(new Date().getDay() + 2) % 7]!;
}

/** Without a library that knows better. */
async function bare(url: string, headers: Record<string, string>): Promise<Answer> {
  const [response] = (await once(request(`${url}/v1/models`, { headers }).end(), "response")) as [IncomingMessage];
  const bytes = await buffer(response);
  const told = bytes.toString("utf8");
  return { status: response.statusCode!, headers: response.headers, bytes, text: told, json: JSON.parse(told) };
}

describe("each error of the contract can be met over HTTP", () => {
  test("bad requests", async ({ start }) => {
    const hearth = await start({
      config: { limits: { body: "64KiB" } },
      models: [
        { id: "tiny-model", aliases: ["tiny"] },
        { id: "wide", context: 100_000 },
      ],
    });
    expectProblem(await hearth.post("/v1/chat/completions", "{not json"), "invalid_json", /JSON/);
    expectProblem(await hearth.post("/v1/chat/completions", ""), "invalid_json", /JSON|empty/);
    expectProblem(await hearth.post("/v1/chat/completions", { messages: [] }), "model_required", /model/);
    expectProblem(await hearth.post("/v1/chat/completions", { model: 5 }), "model_required", /model/);
    expectProblem(await hearth.chat("tiny-modle"), "model_not_found", /tiny-model/);
    expectProblem(await hearth.get("/v1/models/nothing-like-it"), "model_not_found", /nothing-like-it/);
    expectProblem(await hearth.get("/v1/models/%zz"), "invalid_request", /percent/);
    expectProblem(await hearth.get("/v2/nowhere"), "route_not_found", /v2\/nowhere/);
    expectProblem(await hearth.get("/v1/chat/completions"), "method_not_allowed", /POST/);
    expectProblem(await hearth.post("/v1/moderations"), "not_supported", /ask a chat model/);
    expectProblem(await hearth.get("/v1/responses/resp_1"), "response_not_found", /resp_1/);
    expectProblem(await hearth.get("/v1/conversations/conv_1"), "conversation_not_found", /conv_1/);
    const goesOn = { model: "tiny", input: "hi", previous_response_id: "resp_1" };
    expectProblem(await hearth.post("/v1/responses", goesOn), "previous_response_not_found", /resp_1/);
    const form = { headers: { "content-type": "text/plain" } };
    expectProblem(
      await hearth.post("/hearth/v1/keys", "name=ann", form),
      "unsupported_media_type",
      /application\/json/,
    );
    const tooLarge = { model: "tiny", prompt: "x".repeat(70_000) };
    expectProblem(await hearth.post("/v1/completions", tooLarge), "request_too_large", /64 ?KiB|65,?536/);
    const tooLong = await hearth.chat("tiny", { max_tokens: 10_000 }, { headers: { "x-hearth-fixups": "none" } });
    expectProblem(tooLong, "context_length_exceeded", /8,?192/);
    expect(tooLong.json.error.message).toContain("wide");
    expect([...hearth.stats("tiny-model"), ...hearth.stats("wide")]).toEqual([]);
  });

  test("headers that no client library would send", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    expectProblem(await bare(hearth.url, { expect: "a miracle" }), "expectation_failed", /miracle/);
    expectProblem(
      await bare(hearth.url, { host: "rebound.example" }),
      "misdirected_request",
      /rebound\.example.*hosts/,
    );
    const page = { origin: "https://page.example", "access-control-request-method": "POST" };
    const asked = await hearth.send("/v1/models", { method: "OPTIONS", headers: page });
    expectProblem(asked, "origin_not_allowed", /page\.example.*cors\.origins/);
    expectProblem(await bare(hearth.url, { "x-long": "x".repeat(20_000) }), "headers_too_large", /16 KiB/);
  });

  test("keys", async ({ start }) => {
    const hearth = await start({
      config: {
        keys: [
          hashedKey("child", { models: ["a"] }),
          hashedKey("scraper", { role: "metrics" }),
          hashedKey("indexer", { capabilities: ["embeddings"] }),
          hashedKey("guest", { limits: { tokensPerDay: 1 } }),
          hashedKey("visitor", { hours: `${dayAfterTomorrow()} 10:00-11:00` }),
        ],
      },
      models: [{ id: "a" }, { id: "b" }],
    });
    expectProblem(await hearth.chat("a", {}, { key: "indexer" }), "capability_not_allowed", /indexer/);
    expectProblem(await hearth.chat("a", {}, { key: "visitor" }), "outside_hours", /visitor/);
    await hearth.chat("a", {}, { key: "guest" });
    expectProblem(await hearth.chat("a", {}, { key: "guest" }), "quota_exceeded", /guest/);
    expectProblem(await hearth.chat("a", {}, { key: null }), "invalid_api_key", /key/);
    expectProblem(await hearth.chat("a", {}, { key: "wrong" }), "invalid_api_key", /key/);
    expectProblem(await hearth.get("/v1/models", { key: "wrong" }), "invalid_api_key", /key/);
    expectProblem(await hearth.chat("b", {}, { key: "child" }), "model_not_found", /b/);
    expectProblem(await hearth.post("/hearth/v1/models/a/stop", {}, { key: "child" }), "admin_key_required", /admin/);
    expectProblem(await hearth.chat("a", {}, { key: "scraper" }), "role_not_allowed", /metrics/);
    for (let wrong = 2; wrong < 10; wrong++) await hearth.get("/v1/models", { key: "wrong" });
    expectProblem(await hearth.get("/v1/models", { key: "wrong" }), "rate_limit_exceeded", /wrong keys/);
  });

  test("busy", async ({ start }) => {
    const hearth = await start({
      config: { limits: { queue: 1 }, policy: { hold: { buffered: "500ms" } } },
      models: [
        { id: "a", memory: "600MiB" },
        { id: "b", memory: "600MiB", engine: ["--load-ms", "30000"] },
      ],
    });
    const refused = await hearth.chat("b", {}, { headers: { prefer: "wait=0" } });
    expectProblem(refused, "queue_full", /b is not free/);
    const held = hearth.chat("b");
    await hearth.until("one in the queue", async () => (await hearth.model("b")).waiting === 1);
    expectProblem(await hearth.chat("a"), "queue_full", /Too busy|queue/i);
    expectProblem(await held, "model_loading", /loading/);
  });

  test("more bodies at once than there is room for", async ({ start }) => {
    const hearth = await start({ config: { limits: { body: "1MiB", bodies: "1MiB" } }, models: [{ id: "a" }] });
    const user = "x".repeat(900_000);
    const first = hearth.chat("a", { user, fake: { fate: "gate", after: "headers", tag: "first" } });
    await hearth.untilStats("a", "request", "first");
    expectProblem(await hearth.chat("a", { user }), "server_busy", /limits\.bodies/);
    await hearth.openGate("a", "first");
    expect((await first).status).toBe(200);
  });

  test("machines and engines", async ({ start }) => {
    const hearth = await start({
      config: { policy: { stall: "3s" } },
      models: [
        { id: "huge", memory: "900GiB" },
        { id: "broken", engine: ["--crash-at-start"] },
        { id: "off", status: "disabled", statusReason: "It answers nonsense." },
        { id: "a", runtime: { stopGrace: "200ms" } },
      ],
    });
    const tooBig = await hearth.chat("huge");
    expectProblem(tooBig, "insufficient_memory", /900/);
    expectProblem(await hearth.chat("a", { fake: { fate: "cut", after: "headers" } }), "engine_failed", /a/);
    const poison = { fake: { fate: "crash", after: "headers" } };
    await hearth.chat("a", poison);
    expectProblem(await hearth.chat("a", poison), "request_ends_engine", /twice/);
    expectProblem(await hearth.chat("a", { fake: { fate: "freeze", after: "headers" } }), "engine_stalled", /a/);
    await hearth.until("the quarantine", async () => {
      const { json } = await hearth.chat("broken");
      return json.error.code === "model_unavailable";
    });
    expectProblem(await hearth.chat("broken"), "model_unavailable", /broken/);
    expectProblem(await hearth.chat("off"), "model_unavailable", /nonsense/);
  });

  test("a database that another program holds, which holds no request up", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const database = new DatabaseSync(join(hearth.home, "home", "hearth.db"));
    database.exec("BEGIN IMMEDIATE");
    const creation = hearth.post("/hearth/v1/keys", { name: "ann" });
    expect((await hearth.chat("a")).status).toBe(200);
    expectProblem(await creation, "store_unavailable", /"ann" could not be written.*Stop that program/);
    expect((await hearth.get("/healthz")).json.store.status).toBe("failing");
    database.close();
    await hearth.until("the store is well", async () => (await hearth.get("/healthz")).json.store.status === "ok");
    expect((await hearth.post("/hearth/v1/keys", { name: "ann" })).status).toBe(201);
  });

  afterAll(() => {
    // Nothing is meant to break inside, a client has 20 s for its headers; a stop and weights have files of their own.
    const elsewhere = ["shutting_down", "weights_in_use", "disk_budget_exceeded"];
    const unreachable = ["internal_error", "request_timeout", ...elsewhere];
    const missing = Object.keys(problemCatalogue).filter((code) => !seen.has(code) && !unreachable.includes(code));
    expect(missing).toEqual([]);
  });
});
