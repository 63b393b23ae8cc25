import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { testKey } from "../../../test/support/hearth-client.ts";
import { Problem } from "../../domain/problem.ts";

const ask = { model: "a", messages: [{ role: "user", content: "hi" }] };
const open = (body: object) => ({ method: "POST", body: JSON.stringify(body) });

test("models are described as Ollama's clients expect it, to those who may use them", async ({ serve }) => {
  const make = { family: "qwen", parameters: 0.5, quantization: "GGUF Q4_K_M" };
  const link = new TestLink(
    {
      ...{ id: "a", aliases: ["first"], context: 4096, capabilities: ["chat", "tools", "vision"], state: "ready" },
      ...{ memoryGiB: 2, license: "Apache-2.0", make },
    },
    { id: "b", state: "absent" },
  );
  const virtual = [{ name: "any", models: null, needs: [] }];
  const { client } = await serve(link, { keys: [keyOf("limited", { models: ["b"] })], virtual });
  const names = (json: { models: { name: string }[] }) => json.models.map(({ name }) => name);
  const { json: tags } = await client.get("/api/tags");
  expect(names(tags)).toEqual(["a", "first", "b", "any"]);
  const details = { family: "qwen", families: ["qwen"], parameter_size: "500M", quantization_level: "GGUF Q4_K_M" };
  expect(tags.models[1]).toMatchObject({ model: "first", digest: tags.models[0].digest, details });
  expect(tags.models[2].details).toMatchObject({ family: "", families: [], parameter_size: "" });
  expect(names((await client.get("/api/tags", { key: "limited" })).json)).toEqual(["b", "any"]);
  const { json: running } = await client.get("/api/ps");
  expect(running.models).toMatchObject([{ name: "a", size: 2 * 1024 ** 3, context_length: 4096 }]);
  for (const named of [{ model: "a:latest" }, { model: "", name: "a" }, { name: "first" }]) {
    const { json: shown } = await client.post("/api/show", named);
    expect(shown).toMatchObject({
      ...{ license: "Apache-2.0", details, capabilities: ["completion", "tools", "vision"] },
      model_info: { "hearth.context_length": 4096, "general.parameter_count": 500_000_000 },
    });
  }
  expect((await client.post("/api/show", { model: "any" })).json.model_info["general.basename"]).toBe("any");
});

test("the version is for everybody, but a wrong key is said there too", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const key of [null, testKey]) {
    expect((await client.get("/api/version", { key })).json.version).toMatch(/^\d+\.\d+\.\d+$/);
  }
  const { status, json } = await client.get("/api/version", { key: "wrong" });
  expect([status, json.code]).toEqual([401, "invalid_api_key"]);
  for (const path of ["/", "/api/version", "/api/tags"]) {
    expect((await client.send(path, { method: "HEAD" })).status).toBe(path === "/" ? 404 : 200);
  }
});

test("pulling gets a model's weights, with lines that tell how far that is, or without", async ({ serve }) => {
  const pulled: string[] = [];
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, {
    async pull(model, { onProgress }) {
      onProgress(5, 10);
      pulled.push(model);
    },
  });
  const { text, headers } = await client.post("/api/pull", { model: "", name: "a:latest" });
  const lines = text.trimEnd().split("\n");
  expect(headers["content-type"]).toBe("application/x-ndjson");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { status: "pulling manifest" },
    expect.objectContaining({ status: expect.stringMatching(/^pulling [0-9a-f]{12}$/), total: 10, completed: 10 }),
    { status: "success" },
  ]);
  expect((await client.post("/api/pull", { model: "a", stream: false })).json).toEqual({ status: "success" });
  expect(pulled).toEqual(["a", "a"]);
  const elsewhere = await serve(link);
  expect((await elsewhere.client.post("/api/pull", { model: "a", stream: false })).json).toEqual({ status: "success" });
});

test("a pull that fails says why, as a line where lines have begun", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), {
    async pull() {
      throw new Problem("model_unavailable", "The weights could not be had.");
    },
  });
  const { text } = await client.post("/api/pull", { model: "a" });
  expect(JSON.parse(text.trimEnd().split("\n").at(-1)!)).toMatchObject({ error: "The weights could not be had." });
  const whole = await client.post("/api/pull", { model: "a", stream: false });
  expect([whole.status, whole.json.error]).toEqual([503, "The weights could not be had."]);
});

test("who stops reading ends the pull", async ({ serve }) => {
  const ended = Promise.withResolvers<void>();
  const { client } = await serve(new TestLink({ id: "a" }), {
    pull: (_, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          ended.resolve();
          reject(signal.reason);
        }),
      ),
  });
  const stream = await client.open("/api/pull", open({ model: "a" }));
  await stream.until("a line", ({ text }) => text.includes("manifest"));
  stream.abort();
  await ended.promise;
});

test("routes that only Ollama has are refused in its words, with a body or without", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const [method, path] of [
    ["DELETE", "/api/delete"],
    ["POST", "/api/copy"],
    ["POST", "/api/create"],
    ["POST", "/api/push"],
    ["POST", "/api/blobs/sha256:abc"],
  ] as const) {
    for (const init of [{ body: '{"model":"a"}' }, { headers: { "content-type": "application/json" } }]) {
      const { status, json } = await client.send(path, { method, ...init });
      expect([path, status, json.code]).toEqual([path, 501, "not_supported"]);
      expect(json.error).toMatch(/served here from their weights|hearth\.yaml/);
    }
  }
});

test("every refusal is in Ollama's words", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const [answer, status] of [
    [await client.get("/api/tags", { key: null }), 401],
    [await client.post("/api/show", { model: "zzz" }), 404],
    [await client.post("/api/show", "{"), 400],
    [await client.post("/api/chat", "{"), 400],
    [await client.post("/api/chat", { ...ask, model: "zzz" }), 404],
    [await client.post("/api/pull", {}), 400],
    [await client.post("/api/pull", { model: "zzz" }), 404],
    [await client.get("/api/chat"), 405],
  ] as const) {
    expect([answer.status, typeof answer.json.error]).toEqual([status, "string"]);
  }
});

test("who waits gets no line that could be an end, and a stream that breaks ends in an error line", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const stream = await client.open("/api/chat", open(ask));
  expect(stream.headers["content-type"]).toBe("application/x-ndjson");
  await stream.until("white space", ({ text }) => text.length > 2);
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(engineStream([said.text("half")]).join(""));
  });
  link.engine("a", engine.origin);
  expect(await stream.ended).not.toBe("whole");
  const lines = stream.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ message: { content: "half" }, done: false });
  expect(lines[1].error).toContain("what came so far is not complete");
});

test("keep_alive pins, unpins and stops for an admin, and is only noted for others", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) =>
    response.end('{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}]}'),
  );
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { keys: [keyOf("guest")] });
  const chat = (keep_alive: unknown, key?: string) =>
    client.post("/api/chat", { ...ask, stream: false, keep_alive }, key === undefined ? {} : { key });
  for (const keep_alive of ["5m", -1, "5m", -1, 0]) expect((await chat(keep_alive)).status).toBe(200);
  const guest = await chat(0, "guest");
  expect(guest.headers["x-hearth-fixups"]).toBe("keep-alive-needs-admin-key");
  expect(link.commands).toEqual([
    ...[false, true, false, true, false].map((pinned) => ({ type: "pin", model: "a", pinned, owner: "client" })),
    { type: "stop", model: "a" },
  ]);
});

test("without a prompt the model is loaded, or let go without being loaded", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end());
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { keys: [keyOf("guest")] });
  expect((await client.post("/api/generate", { model: "a", keep_alive: 0 })).json.done_reason).toBe("unload");
  const { status, json } = await client.post("/api/generate", { model: "a", keep_alive: 0 }, { key: "guest" });
  expect([status, json.error]).toEqual([403, expect.stringContaining("may not stop models")]);
  expect(link.asked).toHaveLength(0);
  link.engine("a", engine.origin);
  expect((await client.post("/api/generate", { model: "a" })).json.done_reason).toBe("load");
  expect([engine.seen.length, link.asked.map(({ released }) => released)]).toEqual([0, ["done"]]);
});
