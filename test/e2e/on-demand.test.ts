import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("a model starts when somebody asks for it", () => {
  test("five requests at once make one start", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "300"] }] });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => hearth.chat("a", { fake: { say: `n${n}`, tokens: 1 } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.map(({ json }) => json.choices[0].message.content)).toEqual(["n1 ", "n2 ", "n3 ", "n4 ", "n5 "]);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("nothing runs before the first request", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b" }] });
    expect((await hearth.get("/v1/models")).status).toBe(200);
    expect([...hearth.stats("a"), ...hearth.stats("b")]).toEqual([]);
    expect(hearth.leftovers()).toEqual([]);
  });

  test("an answer says which model, how long it waited, and its request id", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "200"] }] });
    const { headers } = await hearth.chat("a");
    expect(headers["x-hearth-model"]).toBe("a");
    expect(Number(headers["x-hearth-wait-ms"])).toBeGreaterThanOrEqual(200);
    expect(headers["x-request-id"]).toBeTruthy();
    const again = await hearth.chat("a");
    expect(Number(again.headers["x-hearth-wait-ms"])).toBeLessThan(Number(headers["x-hearth-wait-ms"]));
    expect(again.headers["x-request-id"]).not.toBe(headers["x-request-id"]);
  });

  test("an alias, a model in the path and a model in the body reach the same engine", async ({ start }) => {
    const hearth = await start({ models: [{ id: "org/a", aliases: ["gpt-4o"] }, { id: "b" }] });
    const say = { fake: { say: "here", tokens: 1 } };
    const prompt = { prompt: "hello", ...say };
    const answers = [
      await hearth.chat("org/a", say),
      await hearth.chat("gpt-4o", say),
      await hearth.post("/v1/org/a/completions", prompt),
      await hearth.post("/v1/org%2Fa/completions", prompt),
      // The path wins over the body.
      await hearth.post("/v1/gpt-4o/completions", { model: "b", ...prompt }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers["x-hearth-model"]])).toEqual(
      answers.map(() => [200, "org/a"]),
    );
    expect(hearth.stats("org/a", "start")).toHaveLength(1);
    expect(hearth.stats("b", "start")).toEqual([]);
  });

  test("every relayed route works: text, embeddings, tokenize, detokenize", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    expect((await hearth.post("/v1/completions", { model: "a", prompt: "x" })).json.object).toBe("text_completion");
    expect((await hearth.post("/v1/embeddings", { model: "a", input: "x" })).json.data[0].embedding).toHaveLength(4);
    const { json } = await hearth.post("/tokenize", { model: "a", prompt: "grün" });
    expect(json.count).toBe(5);
    expect((await hearth.post("/detokenize", { model: "a", tokens: json.tokens })).json.prompt).toBe("grün");
  });

  test("the model list says state, context, capabilities and seconds to ready", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", capabilities: ["chat", "tools"] }, { id: "b" }] });
    await hearth.chat("a");
    const { json } = await hearth.get("/v1/models");
    expect(json.object).toBe("list");
    const [a, b] = json.data;
    expect(a).toMatchObject({ id: "a", object: "model", state: "ready", context_window: 8192 });
    expect(a.capabilities).toEqual(["chat", "tools"]);
    expect(a.seconds_to_ready).toBe(0);
    expect(b).toMatchObject({ id: "b", state: "absent" });
    expect(b.seconds_to_ready).toBeGreaterThan(0);
    expect((await hearth.get("/v1/models/a")).json.id).toBe("a");
  });

  test("ensure starts a model and waits until it is ready", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "200"] }] });
    expect((await hearth.post("/ensure/a")).status).toBe(200);
    expect((await hearth.model("a")).state).toBe("ready");
  });

  test("health, readiness and metrics answer without a key, and the root without a page missing", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    await hearth.chat("a");
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      expect((await hearth.get(path, { key: null })).status).toBe(200);
    }
    expect((await hearth.get("/metrics", { key: null })).text).toMatch(/^hearth_requests_total\{.*model="a".*\} 1$/m);
    expect((await hearth.send("/", { method: "HEAD", key: null })).status).toBe(200);
  });
});
