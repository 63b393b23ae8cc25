/** Anthropic's, Ollama's and OpenAI's Responses API over an engine that speaks none of them. */
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

const messages = [{ role: "user", content: "hello" }];
const asks = {
  "/v1/messages": { model: "a", max_tokens: 100, messages, stream: true },
  "/v1/responses": { model: "a", input: "hello", stream: true },
  "/api/chat": { model: "a", messages },
  "/api/generate": { model: "a", prompt: "hello" },
};
/** What a stream of each API shows only when its answer is whole. */
const complete = {
  "/v1/messages": '"type":"message_stop"',
  "/v1/responses": '"type":"response.completed"',
  "/api/chat": '"done":true',
  "/api/generate": '"done":true',
};
const paths = Object.keys(asks) as (keyof typeof asks)[];

describe.concurrent("every API of Hearth's", () => {
  test.for(paths)("%s streams a whole answer, from a model that has to load first", async (path, { start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "2500"] }] });
    const stream = await hearth.open(path, { method: "POST", body: JSON.stringify(asks[path]) });
    expect(stream.status).toBe(200);
    expect(await stream.ended).toBe("whole");
    expect(stream.text).toContain("word8");
    expect(stream.text).toContain(complete[path]);
  });

  test("an engine that breaks off in its answer ends every stream as a broken one, and the next request is served", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    for (const path of paths) {
      const headers = { "x-fake-fate": "cut", "x-fake-after": "3", "x-fake-rate": "50" };
      const stream = await hearth.open(path, { method: "POST", body: JSON.stringify(asks[path]), headers });
      expect([path, await stream.ended]).toEqual([path, "broken"]);
      expect(stream.text).toContain("word2");
      expect(stream.text).not.toContain(complete[path]);
      expect(stream.text).toContain("engine_failed");
    }
    const { json } = await hearth.post("/v1/messages", { ...asks["/v1/messages"], stream: false });
    expect(json.content[0].text).toContain("word8");
  });

  test("a client that goes away ends its work on the engine, in every API", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    for (const path of paths) {
      const headers = { "x-fake-fate": "gate", "x-fake-after": "2", "x-fake-tag": path };
      const stream = await hearth.open(path, { method: "POST", body: JSON.stringify(asks[path]), headers });
      await stream.until("a word", ({ text }) => text.includes("word1"));
      stream.abort();
      await hearth.untilStats("a", "abort", path);
    }
  });

  test("tools are called in every API", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const headers = { "x-fake-calls": JSON.stringify([{ name: "read", arguments: { path: "a.txt" } }]) };
    const ask = async (path: keyof typeof asks) =>
      (await hearth.post(path, { ...asks[path], stream: false }, { headers })).json;
    expect((await ask("/v1/messages")).content[1]).toMatchObject({
      type: "tool_use",
      name: "read",
      input: { path: "a.txt" },
    });
    expect((await ask("/v1/responses")).output[1]).toMatchObject({
      type: "function_call",
      arguments: '{"path":"a.txt"}',
    });
    expect((await ask("/api/chat")).message.tool_calls[0].function).toMatchObject({
      name: "read",
      arguments: { path: "a.txt" },
    });
  });

  test("counting tokens starts nothing, and is exact once the model is there", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const count = async () =>
      (await hearth.post("/v1/messages/count_tokens", { model: "a", messages })).headers["x-hearth-token-count"];
    expect(await count()).toBe("estimate");
    expect(hearth.stats("a", "start")).toHaveLength(0);
    await hearth.chat("a");
    expect(await count()).toBe("exact");
  });

  test("keep_alive 0 stops the model after the answer, -1 pins it until told otherwise", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const ask = (keep_alive: unknown) => hearth.post("/api/chat", { ...asks["/api/chat"], stream: false, keep_alive });
    expect((await ask(-1)).json.done).toBe(true);
    expect((await hearth.model("a")).pinned).toBe(true);
    expect((await ask(0)).json.done).toBe(true);
    await hearth.untilState("a", "absent");
    expect((await hearth.model("a")).pinned).toBe(false);
  });

  test("a body that is nested without an end is refused in its API's words", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const body = `{"model":"a","messages":[{"role":"user","content":"x"}],"tools":[{"name":"f","input_schema":{"x":${deep}}}]}`;
    const { status, json } = await hearth.post("/v1/messages", body);
    expect([status, json.error.type]).toEqual([400, "invalid_request_error"]);
    expect((await hearth.chat("a")).status).toBe(200);
  });
});
