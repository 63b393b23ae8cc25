/** Engines that speak a client's own API are asked in it: as it came, or with what the model needs corrected in place. */
import { expect } from "vitest";
import { type StubEngine, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const hi = [{ role: "user", content: "hello" }];
const chatAnswer = JSON.stringify({
  choices: [{ message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
});

type Stub = (
  answer: (
    body: Buffer,
    request: { url?: string | undefined },
    response: { statusCode: number; end(text: string): void },
  ) => void,
) => Promise<StubEngine>;

/** An engine with these routes; its own answers are told by `native`. */
async function engineWith(stub: Stub, link: TestLink, routes: string[]): Promise<StubEngine> {
  const engine = await stub((_, { url }, response) => {
    const path = url!.split("?")[0]!;
    response.statusCode = routes.includes(path) ? 200 : 404;
    response.end(path === "/v1/chat/completions" ? chatAnswer : '{"native":true}');
  });
  link.engine("a", engine.origin);
  return engine;
}

const sent = ({ seen }: StubEngine) =>
  seen.map(({ request, body }) => ({ path: request.url, body: JSON.parse(body.toString("utf8")) }));

test.for([
  ["/v1/messages", { max_tokens: 10, messages: hi, hologram: { of: ["next", "year"] }, thinking: { type: "odd" } }],
  ["/v1/messages", { max_tokens: "many", messages: [{ role: "user", content: [{ type: "hologram" }] }] }],
  ["/v1/responses", { input: hi, background: true, tools: [{ type: "hologram" }, { type: "function", name: "f" }] }],
  ["/v1/responses", { input: 7 }],
] as const)("%s goes as it came, whatever stands in it: %j", async ([path, fields], { serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await engineWith(stub, link, [path, "/v1/chat/completions"]);
  const { client } = await serve(link);
  const body = `{ "model":"a", ${JSON.stringify(fields).slice(1)}`;
  const { status, json, headers } = await client.post(path, body);
  expect([status, json, headers["x-hearth-fixups"]]).toEqual([200, { native: true }, undefined]);
  expect(engine.seen.map((one) => one.body.toString())).toEqual([body]);
});

test("what cannot be translated is refused only by an engine that needs it translated, with the field's name", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a" });
  await engineWith(stub, link, ["/v1/chat/completions"]);
  const { client } = await serve(link);
  const { status, json } = await client.post("/v1/messages", { model: "a", max_tokens: "many", messages: hi });
  expect([status, json.error.type]).toEqual([400, "invalid_request_error"]);
  expect(json.error.message).toMatch(/^max_tokens: /);
});

const thoughtless = { enable_thinking: false, thinking: false };

test.for([
  ["/v1/messages", { max_tokens: 10, messages: hi }, { chat_template_kwargs: thoughtless }],
  ["/v1/responses", { input: "hello" }, { chat_template_kwargs: thoughtless, reasoning: { effort: "none" } }],
] as const)("a model's fixups correct %s in its own words", async ([path, fields, added], { serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["thinking-off", "thinking-switch"] });
  const engine = await engineWith(stub, link, [path, "/v1/chat/completions"]);
  const { client } = await serve(link);
  const { json, headers } = await client.post(path, { model: "a", ...fields });
  expect(json).toEqual({ native: true });
  expect(sent(engine)).toEqual([{ path, body: { model: "a", ...fields, ...added } }]);
  expect(headers["x-hearth-fixups"]).toMatch(/^thinking-/);
  const asked =
    path === "/v1/messages"
      ? { thinking: { type: "enabled", budget_tokens: 1024 } }
      : { reasoning: { effort: "high" } };
  await client.post(path, { model: "a", ...fields, ...asked });
  expect(sent(engine)[1]!.body).toEqual({
    ...{ model: "a", ...fields, ...asked },
    chat_template_kwargs: { enable_thinking: true, thinking: true },
  });
});

const tools = [{ name: "read", input_schema: { type: "object" } }];

test("the header says what was done on the way that was taken", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const own = await engineWith(stub, link, ["/v1/messages", "/v1/chat/completions"]);
  const { client } = await serve(link);
  const search = { type: "web_search_20250305", name: "web_search" };
  const ask = { model: "a", max_tokens: 10, messages: hi, tools: [...tools, search] };
  expect((await client.post("/v1/messages", ask)).headers["x-hearth-fixups"]).toBeUndefined();
  expect(sent(own)[0]!.body.tools).toHaveLength(2);
  await engineWith(stub, link, ["/v1/chat/completions"]);
  expect((await client.post("/v1/messages", ask)).headers["x-hearth-fixups"]).toBe("left-out=web_search_20250305");
});

test("a limit that its API demands is not left out: the engine is asked as a chat then", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", context: 1000 });
  const engine = await engineWith(stub, link, ["/v1/messages", "/v1/responses", "/v1/chat/completions"]);
  const { client } = await serve(link);
  const claude = await client.post("/v1/messages", { model: "a", max_tokens: 4000, messages: hi });
  const codex = await client.post("/v1/responses", { model: "a", max_output_tokens: 4000, input: "hello" });
  expect(sent(engine).map(({ path }) => path)).toEqual(["/v1/chat/completions", "/v1/responses"]);
  expect(sent(engine)[1]!.body).toEqual({ model: "a", input: "hello" });
  expect([claude, codex].map(({ headers }) => headers["x-hearth-fixups"])).toEqual([
    "cap-max-tokens",
    "cap-max-tokens",
  ]);
});

const called = '<tool_call>{"name":"read","arguments":{}}</tool_call>';

test.for([
  [
    "/v1/messages",
    { max_tokens: 10, messages: hi, tools },
    { type: "message", content: [{ type: "text", text: called }], stop_reason: "end_turn" },
  ],
  [
    "/v1/responses",
    { input: "hello", tools: [{ type: "function", name: "read", parameters: { type: "object" } }] },
    { object: "response", output: [{ type: "message", content: [{ type: "output_text", text: called }] }] },
  ],
] as const)(
  "calls that an engine's own %s left in the text are found",
  async ([path, fields, answer], { serve, stub }) => {
    const link = new TestLink({ id: "a", fixups: ["calls-from-text"] });
    const engine = await stub((_, __, response) => response.end(JSON.stringify(answer)));
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const { json } = await client.post(path, { model: "a", ...fields });
    const [call] = json.content ?? json.output;
    expect(call).toMatchObject({ type: path === "/v1/messages" ? "tool_use" : "function_call", name: "read" });
    const asItCame = await client.post(path, { model: "a", ...fields }, { headers: { "x-hearth-fixups": "none" } });
    expect([sent(engine).map((one) => one.path), asItCame.json]).toEqual([[path, path], answer]);
  },
);
