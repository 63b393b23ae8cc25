import { expect } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { keyOf, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const ask = { model: "a", messages: [{ role: "user", content: "hi" }] };
const open = (body: object) => ({ method: "POST", body: JSON.stringify(body) });

test("models are described as Ollama's clients expect it, to those who may use them", async ({ serve }) => {
  const link = new TestLink(
    { id: "a", context: 4096, capabilities: ["chat", "tools", "vision"], state: "ready", memoryGiB: 2 },
    { id: "b", state: "absent" },
  );
  const { client } = await serve(link, { keys: [keyOf("limited", { models: ["b"] })] });
  expect((await client.get("/api/version", { key: null })).json.version).toMatch(/^\d+\.\d+\.\d+$/);
  const names = (json: { models: { name: string }[] }) => json.models.map(({ name }) => name);
  expect(names((await client.get("/api/tags")).json)).toEqual(["a", "b"]);
  expect(names((await client.get("/api/tags", { key: "limited" })).json)).toEqual(["b"]);
  const { json: running } = await client.get("/api/ps");
  expect(running.models).toMatchObject([{ name: "a", size: 2 * 1024 ** 3, context_length: 4096 }]);
  const { json: shown } = await client.post("/api/show", { model: "a:latest" });
  expect(shown).toMatchObject({
    model_info: { "hearth.context_length": 4096 },
    capabilities: ["completion", "tools", "vision"],
  });
});

test("every refusal is in Ollama's words", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const [answer, status] of [
    [await client.get("/api/tags", { key: null }), 401],
    [await client.post("/api/show", { model: "zzz" }), 404],
    [await client.post("/api/show", "{"), 400],
    [await client.post("/api/chat", "{"), 400],
    [await client.post("/api/chat", { ...ask, model: "zzz" }), 404],
    [await client.post("/api/pull", {}), 404],
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
  const { client } = await serve(link);
  expect((await client.post("/api/generate", { model: "a", keep_alive: 0 })).json.done_reason).toBe("unload");
  expect(link.asked).toHaveLength(0);
  link.engine("a", engine.origin);
  expect((await client.post("/api/generate", { model: "a" })).json.done_reason).toBe("load");
  expect([engine.seen.length, link.asked.map(({ released }) => released)]).toEqual([0, ["done"]]);
});
