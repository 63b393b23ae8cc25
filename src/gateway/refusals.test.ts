import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { keyOf, planFor, test } from "../../test/support/gateway/harness.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";
import type { Answer } from "../../test/support/hearth-client.ts";
import { type ProblemCode, problemCatalogue } from "../domain/problem.ts";

function expectProblem({ status, headers, json }: Answer, code: ProblemCode, words: string | RegExp): void {
  expect([status, json?.error?.code]).toEqual([problemCatalogue[code].status, code]);
  expect(headers["content-type"]).toMatch(/^application\/json/);
  expect(headers["x-request-id"]).toMatch(/./);
  expect(json.error).toMatchObject({ type: problemCatalogue[code].kind, message: expect.stringMatching(words) });
  expect(json.error).toHaveProperty("param");
}

const chat = "/v1/chat/completions";

test("a body that cannot be used says where it is wrong", async ({ serve }) => {
  const link = new TestLink({ id: "tiny", aliases: ["small"] });
  const { client } = await serve(link);
  expectProblem(await client.post(chat, ""), "invalid_json", /empty/);
  expectProblem(await client.post(chat, '{\n "model": tiny}'), "invalid_json", /line 2, column 12/);
  expectProblem(await client.post(chat, '{"model":"tiny"'), "invalid_json", /ends too early/);
  expectProblem(await client.post(chat, "[]"), "invalid_request", /not an object/);
  expectProblem(await client.post(chat, {}), "model_required", /GET \/v1\/models/);
  expectProblem(await client.post(chat, { model: "" }), "model_required", /model/);
  expectProblem(await client.post(chat, { model: null }), "model_required", /string/);
  expectProblem(await client.post(chat, { model: "tinny" }), "model_not_found", /Did you mean tiny/);
  expectProblem(await client.post("/v1/a%zz/embeddings", {}), "invalid_request", /percent/);
  expect(link.asked).toEqual([]);
});

test("a body of the wrong kind is refused", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  const form = { "content-type": "multipart/form-data; boundary=x" };
  expectProblem(await client.post(chat, "x", { headers: form }), "unsupported_media_type", /application\/json/);
  expectProblem(await client.post("/v1/audio/transcriptions", {}), "unsupported_media_type", /boundary/);
  expectProblem(
    await client.post("/v1/audio/transcriptions", "--y", { headers: form }),
    "invalid_request",
    /form is broken/,
  );
  const packed = { "content-type": "application/json", "content-encoding": "gzip" };
  expectProblem(await client.post(chat, "x", { headers: packed }), "unsupported_media_type", /uncompressed/);
});

test("a body that is too large is refused while it still comes, its length told or not", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }), { limits: { body: 1000 } });
  expectProblem(await client.post(chat, "x".repeat(3_000_000)), "request_too_large", /1000 bytes.*limits\.body/);
  const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
  socket.write(
    `POST ${chat} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer test-key-of-the-end-to-end-suite\r\n`,
  );
  socket.write("transfer-encoding: chunked\r\n\r\n");
  for (let n = 0; n < 3; n++) socket.write(`3e8\r\n${"x".repeat(1000)}\r\n`);
  socket.write("0\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 .*request_too_large/s);
});

test("what cannot fit into the window is refused with the models that would take it", async ({ serve }) => {
  const models = [
    { id: "a", context: 1000 },
    { id: "wide", context: 5000 },
    { id: "wider", context: 9000 },
    { id: "off", context: 90_000, status: "disabled" as const },
    { id: "secret", context: 90_000 },
  ];
  const link = new TestLink(...models);
  const { client } = await serve(link, { keys: [keyOf("child", { models: ["a", "w*", "off"] })] });
  const uncorrected = { key: "child", headers: { "x-hearth-fixups": "none" } };
  const long = await client.chat("a", { max_tokens: 4000 }, uncorrected);
  expectProblem(long, "context_length_exceeded", /4000: more than the 1000.*wide \(5000\) or wider \(9000\)\.$/);
  expect(long.json.error).toMatchObject({ param: "max_tokens", context_window: 1000, models: ["wide", "wider"] });
  const content = "word ".repeat(6000);
  const prompt = await client.chat("a", { messages: [{ role: "user", content }] }, { key: "child" });
  expectProblem(prompt, "context_length_exceeded", /at least 5999 tokens: more than the 1000 .* use wider/);
  for (const lines of ["word\n".repeat(6000), "word\t\n".repeat(6000), "word\r\n  ".repeat(6000)]) {
    const list = await client.chat("a", { messages: [{ role: "user", content: lines }] }, { key: "child" });
    expectProblem(list, "context_length_exceeded", /at least 5999 tokens/);
  }
  const parts = [{ type: "text", text: content }];
  for (const [path, body] of [
    [chat, { messages: [{ role: "user", content: parts }] }],
    ["/v1/completions", { prompt: ["short", content] }],
    ["/v1/responses", { input: [{ role: "user", content: parts }] }],
  ] as const) {
    expectProblem(await client.post(path, { model: "a", ...body }), "context_length_exceeded", /at least 5999/);
  }
  expect(link.asked).toEqual([]);
});

test("what may still fit is left to the engine", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a", context: 1000 });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const spaces = " ".repeat(20_000);
  const words = "word ".repeat(900);
  for (const body of [
    { messages: [{ role: "user", content: spaces }] },
    { messages: [{ role: "user", content: words }], max_tokens: 100 },
    { messages: [], metadata: { note: words + words } },
    { messages: [], max_tokens: -1 },
    { messages: "not a list", tools: 5 },
  ]) {
    expect((await client.chat("a", body)).status).toBe(200);
  }
});

test("a key that is missing, wrong, or meant for other models is refused before the body is read", async ({
  serve,
}) => {
  const link = new TestLink({ id: "a" }, { id: "b", aliases: ["bee"] });
  const { client } = await serve(link, { keys: [keyOf("child", { models: ["a"] })] });
  const missing = await client.chat("a", {}, { key: null });
  expectProblem(missing, "invalid_api_key", /No API key/);
  expect(missing.headers["www-authenticate"]).toMatch(/^Bearer/);
  expectProblem(await client.post(chat, "{broken", { key: "wrong" }), "invalid_api_key", /not known/);
});

test("a key that may use some models cannot tell a model beyond them from one that does not exist", async ({
  serve,
}) => {
  const link = new TestLink({ id: "small" }, { id: "secret", aliases: ["hidden"] });
  const virtual = [{ name: "cipher", models: ["secret"], needs: [] }];
  const { client } = await serve(link, { keys: [keyOf("child", { models: ["small"] })], virtual });
  expect((await client.get("/v1/models/hidden")).json.aliases).toContain("secret");
  const told = async (name: string) => {
    const answers = [
      await client.chat(name, {}, { key: "child" }),
      await client.get(`/v1/models/${name}`, { key: "child" }),
      await client.get(`/debug/gpu-stats/${name}`, { key: "child" }),
      await client.post(`/ensure/${name}`, {}, { key: "child" }),
      await client.post("/api/show", { model: name }, { key: "child" }),
    ];
    return answers.map(({ status, text }) => [
      status,
      text.replaceAll(name, "NAME").replaceAll(/req_\w+|[\da-f-]{36}/g, ""),
    ]);
  };
  const nothing = await told("absent");
  expect(nothing.map(([status]) => status)).toEqual([404, 404, 404, 404, 404]);
  for (const name of ["secret", "hidden", "cipher"]) expect(await told(name)).toEqual(nothing);
  expect((await client.get("/debug/state", { key: "child" })).json.why).toBe("");
  expect((await client.get("/debug/state")).json.why).not.toBe("");
  for (const near of ["secrets", "hiddn", "ciphr"]) {
    expect((await client.chat(near, {}, { key: "child" })).json.error.nearest).toEqual([]);
  }
});

test("keys and origins of a changed configuration hold from the next request on", async ({ serve }) => {
  const { client, apply } = await serve(new TestLink({ id: "a" }), { keys: [keyOf("old")] });
  expect((await client.get("/v1/models", { key: "old" })).status).toBe(200);
  apply(planFor({ keys: [keyOf("new")], cors: { origins: ["https://chat.example"] } }));
  expect((await client.get("/v1/models", { key: "old" })).status).toBe(401);
  const { status, headers } = await client.get("/v1/models", {
    key: "new",
    headers: { origin: "https://chat.example" },
  });
  expect([status, headers["access-control-allow-origin"]]).toEqual([200, "https://chat.example"]);
});

test("a byte order mark before JSON is no fault", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const path of ["/v1/chat/completions", "/v1/messages/count_tokens"]) {
    const { json } = await client.post(path, "\ufeff{}");
    expect(json.error.code ?? json.error.type).not.toBe("invalid_json");
    expect(JSON.stringify(json)).toContain("model");
  }
});

test("an unknown route, or a known one with another method, is an error in JSON", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  expectProblem(await client.get("/v2/nowhere"), "route_not_found", /GET \/v2\/nowhere/);
  expectProblem(await client.post("/v1/a/nowhere"), "route_not_found", /nowhere/);
  expectProblem(await client.post("/v1/models/chat/completions"), "route_not_found", /name of a route/);
  expectProblem(await client.get("/v1/models/%zz"), "invalid_request", /percent/);
  for (const [method, path, allow] of [
    ["GET", chat, "POST"],
    ["DELETE", "/v1/models", "GET, HEAD"],
    ["POST", "/v1/models", "GET, HEAD"],
    ["GET", "/ensure/a", "POST"],
    ["POST", "/debug/gpu-stats/a", "GET, HEAD"],
  ] as const) {
    const answer = await client.send(path, { method });
    expectProblem(answer, "method_not_allowed", allow);
    expect(answer.headers.allow).toBe(allow);
  }
});

test("what is no HTTP still gets an error object", async ({ serve }) => {
  const { client } = await serve(new TestLink({ id: "a" }));
  for (const [sent, status, code, words] of [
    ["HELLO\r\n\r\n", 400, "invalid_request", /not valid HTTP/],
    [`GET / HTTP/1.1\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431, "headers_too_large", /16 KiB/],
  ] as const) {
    const socket = connect(Number(new URL(client.url).port), "127.0.0.1");
    socket.write(sent);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.split("\r\n\r\n")[1]!).error).toMatchObject({
      code,
      message: expect.stringMatching(words),
    });
  }
});
