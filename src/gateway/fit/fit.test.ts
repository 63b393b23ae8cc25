/** Requests on their way to a model: corrected, capped, refused or sent elsewhere. */
import { expect, test as pure } from "vitest";
import { engineStream, said } from "../../../test/support/dialects/engine-stream.ts";
import { keyOf, type StubEngine, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { decodedAnswer } from "./fixups/answers/decode-arguments.ts";

const hi = [{ role: "user", content: "hello" }];
const tools = [{ type: "function", function: { name: "read" } }];
const png = (bytes: number) => ({
  type: "image_url",
  image_url: { url: `data:image/png;base64,${Buffer.alloc(bytes, 7).toString("base64")}` },
});

type Stub = (answer: (body: Buffer, ...rest: never[]) => void) => Promise<StubEngine>;
const chatAnswer = JSON.stringify({
  choices: [{ message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
});

/** An engine that answers every chat, and counts every prompt as `tokens` where that is given. */
async function answering(stub: unknown, link: TestLink, model: string, tokens?: number): Promise<StubEngine> {
  const engine = await (stub as Stub)(((_: Buffer, { url }: { url: string }, response: { end(text: string): void }) =>
    response.end(
      url === "/tokenize" && tokens !== undefined ? JSON.stringify({ count: tokens }) : chatAnswer,
    )) as never);
  link.engine(model, engine.origin);
  return engine;
}

/** An engine that has these routes, and answers each with what a chat is answered with. */
async function speaking(stub: unknown, link: TestLink, model: string, ...routes: string[]): Promise<StubEngine> {
  type Response = { statusCode: number; end(text: string): void };
  const engine = await (stub as Stub)(((_: Buffer, { url }: { url: string }, response: Response) => {
    response.statusCode = routes.includes(url) ? 200 : 404;
    response.end(chatAnswer);
  }) as never);
  link.engine(model, engine.origin);
  return engine;
}

const bodies = ({ seen }: StubEngine, path = "/v1/chat/completions") =>
  seen.filter(({ request }) => request.url === path).map(({ body }) => JSON.parse(body.toString("utf8")));

test("a model's fixups correct its requests, and say so in a header and the metrics", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["strip-tools", "thinking-off", "flatten-text"] });
  const engine = await answering(stub, link, "a");
  const { client } = await serve(link);
  const { headers } = await client.chat("a", { tools, x_new: 1 });
  expect(headers["x-hearth-fixups"]).toBe("strip-tools, thinking-off");
  expect(bodies(engine)).toEqual([
    { model: "a", messages: hi, x_new: 1, chat_template_kwargs: { enable_thinking: false, thinking: false } },
  ]);
  const { text } = await client.get("/metrics");
  expect(text).toContain('hearth_fixups_total{model="a",fixup="strip-tools"} 1');
  expect(text).not.toContain('fixup="flatten-text"');
});

test("a header or the key turns them off, and the bytes pass untouched", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["strip-tools"] });
  const engine = await answering(stub, link, "a");
  const { client } = await serve(link, { keys: [keyOf("raw", { fixups: "off" })] });
  const body = `{"model":"a",  "messages":[], "tools":${JSON.stringify(tools)}, "max_tokens":-1, "n":1e400 }`;
  const off = await client.post("/v1/chat/completions", body, { headers: { "x-hearth-fixups": "none" } });
  const byKey = await client.post("/v1/chat/completions", body, { key: "raw" });
  expect([off, byKey].map(({ headers }) => headers["x-hearth-fixups"])).toEqual([undefined, undefined]);
  expect([off, byKey].map(({ status }) => status)).toEqual([200, 200]);
  expect(engine.seen.map((one) => one.body.toString())).toEqual([body, body]);
});

test("what a fixup finds in order goes out byte for byte", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["strip-tools", "alternate-roles", "flatten-text", "fill-empty"] });
  const engine = await answering(stub, link, "a");
  const { client } = await serve(link);
  const body = '{ "model":"a", "messages":[{"role":"user", "content":"\\u0068i"}], "seed":12345678901234567890}';
  await client.post("/v1/chat/completions", body);
  expect(engine.seen.map((one) => one.body.toString())).toEqual([body]);
});

test("requests of other APIs are corrected too, in OpenAI's words where the engine knows no others", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a", fixups: ["strip-tools"] });
  const engine = await speaking(stub, link, "a", "/v1/chat/completions");
  const { client } = await serve(link);
  const claude = [{ name: "read", input_schema: { type: "object" } }];
  const { status, headers, json } = await client.post("/v1/messages", {
    ...{ model: "a", max_tokens: 10, messages: hi, tools: claude },
  });
  expect([status, headers["x-hearth-fixups"], json.content[0].text]).toEqual([200, "strip-tools", "hello"]);
  const [body] = bodies(engine);
  expect(body).toMatchObject({ model: "a", messages: hi, max_tokens: 10 });
  expect(body.tools).toBeUndefined();
});

test("an answer's limit that the window has no room for is capped, one below one is no limit", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a", context: 1000 });
  const engine = await answering(stub, link, "a");
  const { client } = await serve(link);
  const capped = await client.chat("a", { max_tokens: 4000, max_completion_tokens: 4000 });
  const dropped = await client.chat("a", { max_tokens: -1 });
  const fine = await client.chat("a", { max_tokens: 200 });
  const claude = await client.post("/v1/messages", { model: "a", max_tokens: 32_000, messages: hi });
  expect([capped, dropped, fine, claude].map(({ headers }) => headers["x-hearth-fixups"])).toEqual([
    "cap-max-tokens",
    "drop-max-tokens",
    undefined,
    "cap-max-tokens",
  ]);
  const free = { model: "a", messages: hi };
  expect(bodies(engine)).toMatchObject([free, free, { ...free, max_tokens: 200 }, free]);
  expect(bodies(engine).flatMap((body) => Object.keys(body).filter((name) => name.startsWith("max")))).toEqual([
    "max_tokens",
  ]);
  const uncorrected = { headers: { "x-hearth-fixups": "none" } };
  const likely = { messages: [{ role: "user", content: "x".repeat(2000) }], max_tokens: 800 };
  expect((await client.chat("a", likely)).headers["x-hearth-fixups"]).toBe("cap-max-tokens");
  expect((await client.chat("a", likely, uncorrected)).status).toBe(200);
  expect((await client.chat("a", { max_tokens: 4000 }, uncorrected)).status).toBe(400);
  const text = await client.post("/v1/completions", { model: "a", prompt: "x".repeat(900), max_tokens: 4000 });
  expect(text.headers["x-hearth-fixups"]).toBe("cap-max-tokens");
  const [{ max_tokens: most }] = bodies(engine, "/v1/completions");
  expect(most).toBeGreaterThan(400);
  expect(most).toBeLessThan(600);
});

test("a model that is there counts a prompt near its window exactly: refused, capped, or neither", async ({
  serve,
  stub,
}) => {
  const models = ["a", "b", "c"].map((id) => ({ id, context: 1000, state: "ready" as const }));
  const link = new TestLink(...models, { id: "wide", context: 5000 });
  await answering(stub, link, "a", 1000);
  const almost = await answering(stub, link, "b", 900);
  const small = await answering(stub, link, "c", 300);
  const { client } = await serve(link);
  const ask = { messages: [{ role: "user", content: "x".repeat(3000) }], max_tokens: 200 };
  const refused = await client.chat("a", ask);
  expect([refused.status, refused.json.error.code]).toEqual([400, "context_length_exceeded"]);
  expect(refused.json.error).toMatchObject({ prompt_tokens: 1000, context_window: 1000, models: ["wide"] });
  expect(refused.json.error.message).toMatch(/ The prompt has 1000 tokens and the answer may have 200/);
  await client.chat("b", ask);
  await client.chat("c", ask);
  expect([...bodies(almost), ...bodies(small)].map((body) => body.max_tokens)).toEqual([100, 200]);
  expect(link.asked.every(({ released }) => released === "done")).toBe(true);
  const greedy = await client.chat("a", { ...ask, max_tokens: 32_000 });
  expect([greedy.status, greedy.json.error.prompt_tokens]).toEqual([400, 1000]);
});

test("a prompt that is certainly too long goes to a larger model where the configuration says so", async ({
  serve,
  stub,
}) => {
  const link = new TestLink(
    { id: "a", context: 1000 },
    { id: "slow", context: 9000, secondsToReady: 90 },
    { id: "quick", context: 9000, secondsToReady: 9 },
    { id: "vectors", context: 9000, secondsToReady: 0, capabilities: ["embeddings"] },
  );
  const engine = await answering(stub, link, "quick");
  const { client } = await serve(link, { policy: { fallback: "larger" } });
  const { status, headers } = await client.chat("a", { messages: [{ role: "user", content: "word ".repeat(3000) }] });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ "x-hearth-model": "quick", "x-hearth-fallback": "instead-of=a" });
  expect(bodies(engine).map(({ model }) => model)).toEqual(["quick"]);
  const hopeless = await client.chat("a", { messages: [{ role: "user", content: "word ".repeat(9500) }] });
  expect([hopeless.status, hopeless.json.error.code]).toEqual([400, "context_length_exceeded"]);
});

test("images and sounds for a model that takes none are refused, with those that do", async ({ serve }) => {
  const link = new TestLink(
    { id: "a" },
    { id: "own", status: "manual" },
    { id: "eyes", capabilities: ["chat", "vision"] },
    { id: "off", capabilities: ["chat", "vision"], status: "disabled" },
  );
  const { client } = await serve(link);
  const messages = [...hi, { role: "user", content: [{ type: "text", text: "What is this?" }, png(10)] }];
  const image = await client.chat("a", { messages });
  expect([image.status, image.json.error.code, image.json.error.param]).toEqual([
    400,
    "invalid_request",
    "messages[1].content[1]",
  ]);
  expect(image.json.error).toMatchObject({
    message: expect.stringMatching(/a takes no images.*or use eyes\.$/),
    models: ["eyes"],
  });
  expect((await client.chat("own", { messages })).json.error.message).toMatch(/`vision` in its `capabilities`/);
  const sound = [{ role: "user", content: [{ type: "input_audio", input_audio: { data: "AA==", format: "wav" } }] }];
  expect((await client.chat("eyes", { messages: sound })).json.error.message).toMatch(/eyes takes no sound/);
  const claude = await client.post("/v1/messages", {
    ...{ model: "a", max_tokens: 10 },
    messages: [
      { role: "user", content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } }] },
    ],
  });
  expect(claude.json).toMatchObject({ type: "error", error: { code: "invalid_request", models: ["eyes"] } });
  const large = await client.chat("eyes", { messages: [{ role: "user", content: [png(600_000)] }] });
  expect(large.json.error).toMatchObject({
    code: "invalid_request",
    image_bytes: 600_000,
    image_bytes_limit: 512 * 1024,
  });
  expect(link.asked).toEqual([]);
});

test("a virtual model is the one of its models that suits the request and can answer soonest", async ({
  serve,
  stub,
}) => {
  const link = new TestLink(
    { id: "big", secondsToReady: 60, capabilities: ["chat", "tools"], context: 9000 },
    { id: "small", aliases: ["little"], secondsToReady: 0, context: 1000 },
    { id: "eyes", secondsToReady: 30, capabilities: ["chat", "vision"] },
    { id: "off", secondsToReady: 0, status: "disabled" },
  );
  for (const id of ["big", "small", "eyes"]) await answering(stub, link, id);
  const virtual = [
    { name: "fast", models: ["off", "big", "little", "eyes"], needs: [] },
    { name: "vision", models: null, needs: ["vision" as const] },
    { name: "ghost", models: ["gone"], needs: [] },
    { name: "small", models: ["big"], needs: [] },
  ];
  const { client } = await serve(link, { virtual, keys: [keyOf("child", { models: ["big"] })] });
  const taken = async (name: string, fields: object = {}, key?: string) =>
    (await client.chat(name, { ...fields }, key === undefined ? {} : { key })).headers["x-hearth-model"];
  expect(await taken("fast")).toBe("small");
  expect(await taken("fast", { tools })).toBe("big");
  expect(await taken("fast", { messages: [{ role: "user", content: "x".repeat(6000) }] })).toBe("eyes");
  expect(await taken("fast", { messages: [{ role: "user", content: [png(10)] }] })).toBe("eyes");
  expect(await taken("vision:latest")).toBe("eyes");
  expect(await taken("small")).toBe("small");
  expect(await taken("fast", {}, "child")).toBe("big");
  const none = await client.chat("ghost");
  expect([none.status, none.json.error.code]).toEqual([503, "model_unavailable"]);
  const { json } = await client.get("/v1/models");
  expect(json.data.map(({ id, models }: { id: string; models?: string[] }) => [id, models])).toEqual([
    ...["big", "small", "eyes", "off"].map((id) => [id, undefined]),
    ["fast", ["big", "small", "eyes"]],
    ["vision", ["eyes"]],
  ]);
});

const doubled = JSON.stringify(JSON.stringify({ path: "a.txt" }));
const calling = (text: unknown) =>
  JSON.stringify({
    choices: [{ message: { tool_calls: [{ id: "c", function: { name: "read", arguments: text } }] } }],
  });

test("arguments that a model encoded twice reach the client as they should be", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["decode-arguments"] });
  const engine = await stub((_, __, response) => response.end(calling(doubled)));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { json } = await client.chat("a", { tools });
  expect(json.choices[0].message.tool_calls[0].function.arguments).toBe('{"path":"a.txt"}');
  expect((await client.chat("a")).json.choices[0].message.tool_calls[0].function.arguments).toBe(doubled);
  expect((await client.get("/metrics")).text).toContain('hearth_fixups_total{model="a",fixup="decode-arguments"} 1');
});

test("a stream's arguments reach the client as they should be", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["decode-arguments"] });
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(engineStream([said.call(0, "read", doubled), said.finish("tool_calls")]).join(""));
  });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { headers, text } = await client.chat("a", { tools, stream: true });
  expect(headers["content-type"]).toBe("text/event-stream");
  expect(text).toContain(JSON.stringify('{"path":"a.txt"}'));
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
});

pure("a stream's arguments are decoded, piece by piece; everything else passes as it came", () => {
  const whole = '{"path":"a.txt"}';
  const argumentsIn = (text: string, index: number) =>
    [...text.matchAll(/^data: (\{.*\})$/gm)]
      .flatMap(([, data]) => JSON.parse(data!).choices[0]?.delta?.tool_calls ?? [])
      .filter((call) => call.index === index)
      .map((call) => call.function.arguments)
      .join("");
  let changes = 0;
  const told = (events: string[]) => {
    const answer = decodedAnswer(true, () => changes++);
    return events.map((event) => answer.push(Buffer.from(event))).join("") + answer.end();
  };
  const pieces = doubled.match(/.{1,5}/g)!;
  const events = engineStream([
    said.text("Let me see."),
    said.call(0, "read", ...pieces),
    said.call(1, "read", '{"pa', 'th":"b.txt"}'),
    said.finish("tool_calls"),
  ]);
  const text = told(events);
  expect([argumentsIn(text, 0), argumentsIn(text, 1)]).toEqual([whole, '{"path":"b.txt"}']);
  expect(text.indexOf("a.txt")).toBeLessThan(text.indexOf('"finish_reason":"tool_calls"'));
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  expect(changes).toBe(1);
  const broken = told(engineStream([said.call(0, "read", '"no JSON with', "in"), said.finish("tool_calls")]));
  expect(argumentsIn(broken, 0)).toBe('"no JSON within');
  const plain = [": a comment\n", ...engineStream([said.text("Hi"), said.call(0, "read", whole), said.finish("stop")])];
  expect(told(plain)).toBe(plain.join(""));
  expect(changes).toBe(1);
});
