/** A model's own parameters, and the variants of it, as clients and engines see them. */
import { expect, test as pure } from "vitest";
import { keyOf, type StubEngine, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { noParameters, type RequestParameters } from "../../domain/request-parameters.ts";
import { understandBody } from "../body/request-body.ts";
import { parametrised } from "./parameters.ts";

const hi = [{ role: "user", content: "hello" }];
const chatAnswer = JSON.stringify({
  choices: [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
});

type Stub = (
  answer: (body: Buffer, request: never, response: { end(text: string): void }) => void,
) => Promise<StubEngine>;

async function modelWith(parameters: Partial<RequestParameters>, stub: unknown) {
  const link = new TestLink(
    { id: "m", aliases: ["mine"], parameters: { ...noParameters, ...parameters } },
    { id: "n" },
  );
  const engine = await (stub as Stub)((_, __, response) => response.end(chatAnswer));
  link.engine("m", engine.origin);
  const bodies = () => engine.seen.map(({ body }) => JSON.parse(body.toString("utf8")));
  return { link, engine, bodies };
}

const openai = { reasoning_effort: "high" };
const high = { variants: { high: { reasoning_effort: "high" } } };

test("set wins over the request, the request over the variant, the variant over the defaults", async ({
  serve,
  stub,
}) => {
  const { link, bodies } = await modelWith(
    {
      defaults: { temperature: 0.1, top_p: 0.1, min_p: 0.1, top_k: 1 },
      variants: { cool: { top_p: 0.2, min_p: 0.2, top_k: 2 } },
      set: { seed: 7 },
      strip: ["min_p"],
    },
    stub,
  );
  const { client } = await serve(link);
  const { headers } = await client.chat("m:cool", { top_k: 3, min_p: 3, seed: 3, x: 1 });
  expect(bodies()).toEqual([
    { model: "m", messages: hi, temperature: 0.1, top_p: 0.2, min_p: 0.2, top_k: 3, seed: 7, x: 1 },
  ]);
  expect(headers["x-hearth-fixups"]).toBe("parameters=min_p+seed+top_p+temperature");
  expect(headers["x-hearth-model"]).toBe("m");
});

test("a variant is a model of its own in every list, and the engine of its model answers", async ({ serve, stub }) => {
  const { link, bodies } = await modelWith(high, stub);
  const { client } = await serve(link, {
    keys: [keyOf("some", { models: ["mine"] }), keyOf("other", { models: ["n"] })],
  });
  const names = async (path: string, key: string) => {
    const { json } = await client.get(path, { key });
    return (json.data ?? json.models).map((one: { id?: string; name?: string }) => (one.id ?? one.name)!);
  };
  expect(await names("/v1/models", "some")).toEqual(["m", "m:high"]);
  expect(await names("/api/tags", "some")).toEqual(expect.arrayContaining(["m", "m:high"]));
  expect(await names("/v1beta/models", "some")).toEqual(["models/m", "models/m:high"]);
  expect(await names("/v1/models", "other")).toEqual(["n"]);
  const { json } = await client.get("/v1/models/m:high", { key: "some" });
  expect(json).toMatchObject({ id: "m:high", models: ["m"], description: "A model. (reasoning_effort: high)" });
  for (const model of ["m:high", "mine:high", "m:high:latest"]) {
    expect((await client.chat(model, {}, { key: "some" })).status).toBe(200);
  }
  expect(bodies()).toEqual(Array(3).fill({ model: "m", messages: hi, reasoning_effort: "high" }));
  expect(link.asked.map(({ request }) => request.model)).toEqual(["m", "m", "m"]);
  const refused = await client.chat("m:high", {}, { key: "other" });
  expect([refused.status, refused.json.error.code]).toEqual([404, "model_not_found"]);
  const unknown = await client.chat("m:hihg", {}, { key: "some" });
  expect(unknown.json.error.message).toContain("Did you mean m:high");
});

test.for([
  ["/v1/responses", { input: "hello" }, { reasoning: { effort: "high" } }],
  ["/v1/messages", { max_tokens: 9, messages: hi, thinking: { type: "enabled", budget_tokens: 1024 } }, openai],
  ["/api/chat", { messages: hi, stream: false }, openai],
  ["/api/generate", { prompt: "hello", stream: false }, openai],
] as const)(
  "a variant holds on %s too, in the words in which the engine is asked",
  async ([path, fields, said], { serve, stub }) => {
    const { link, bodies } = await modelWith({ strip: ["reasoning_effort"], ...high }, stub);
    const { client } = await serve(link);
    expect((await client.post(path, { model: "m:high", ...fields })).status).toBe(200);
    expect(bodies().at(-1)).toMatchObject({ model: "m", ...said });
  },
);

test("a variant holds on Gemini's API, whose model stands in the path", async ({ serve, stub }) => {
  const { link, bodies } = await modelWith(high, stub);
  const { client } = await serve(link);
  const contents = [{ role: "user", parts: [{ text: "hello" }] }];
  expect((await client.post("/v1beta/models/m:high:generateContent", { contents })).status).toBe(200);
  expect(bodies()).toMatchObject([{ reasoning_effort: "high" }]);
});

test("an engine that speaks Messages gets what they have a word for, byte for byte beside", async ({ serve, stub }) => {
  const { link, engine } = await modelWith(
    { defaults: { temperature: 0.5, max_completion_tokens: 99 }, set: { stop: "END" } },
    stub,
  );
  const { client } = await serve(link);
  const body =
    '{"model":"m", "max_tokens":10,"messages":[{"role":"user","content":"\\u0068i"}],"x":12345678901234567890}';
  await client.post("/v1/messages", body);
  expect(engine.seen[0]!.request.url).toBe("/v1/messages");
  expect(engine.seen[0]!.body.toString()).toBe(`{"stop_sequences":["END"],"temperature":0.5,${body.slice(1)}`);
});

test("without parameters, and where the request has said it all, the bytes pass untouched", async ({ serve, stub }) => {
  const { link, engine } = await modelWith(
    { defaults: { temperature: 1, max_tokens: 5 }, ...high, set: { n: 1 } },
    stub,
  );
  const { client } = await serve(link);
  const body = '{ "n":1, "temperature" : 1e0,"model":"m","messages":[],"max_completion_tokens":7 }';
  const { headers } = await client.post("/v1/chat/completions", body);
  expect(engine.seen.map((one) => one.body.toString())).toEqual([body]);
  expect(headers["x-hearth-fixups"]).toBeUndefined();
});

const bodyOf = (path: string, json: object) => ({
  ...{ path, query: "", answer: null, applied: [], notes: [] },
  body: understandBody({ path, body: "json" }, "application/json", Buffer.from(JSON.stringify(json))),
});
const given = (path: string, json: object, parameters: Partial<RequestParameters>, variant: string | null = null) => {
  const { calls } = parametrised([bodyOf(path, json)], { ...noParameters, ...parameters }, variant);
  return JSON.parse(calls[0]!.body.bytes.toString("utf8"));
};
const chat = "/v1/chat/completions";

pure("objects are merged key by key, a null of the request leaves it open", () => {
  const kwargs = (values: object) => ({ chat_template_kwargs: values });
  const variants = { off: kwargs({ enable_thinking: false, a: 1 }) };
  expect(given(chat, kwargs({ b: 2 }), { variants }, "off")).toEqual(kwargs({ b: 2, enable_thinking: false, a: 1 }));
  expect(given(chat, kwargs({ a: 2, c: null }), { variants }, "off")).toEqual(
    kwargs({ a: 2, c: null, enable_thinking: false }),
  );
  expect(given(chat, kwargs({ a: 2, b: 2 }), { set: kwargs({ a: 3 }) })).toEqual(kwargs({ a: 3, b: 2 }));
  expect(given(chat, { temperature: null }, { defaults: { temperature: 0 } })).toEqual({ temperature: 0 });
});

pure("two names of one parameter are one", () => {
  const both = { max_tokens: 1, max_completion_tokens: 1 };
  expect(given(chat, { max_completion_tokens: 5 }, { defaults: { max_tokens: 9 } })).toEqual({
    max_completion_tokens: 5,
  });
  expect(given(chat, both, { set: { max_tokens: 9 } })).toEqual({ max_tokens: 9 });
  expect(given(chat, both, { strip: ["max_completion_tokens"] })).toEqual({});
  const responses = given(
    "/v1/responses",
    { reasoning: { effort: "low", summary: "auto" } },
    { set: { reasoning_effort: "high", max_tokens: 3 } },
  );
  expect(responses).toEqual({ reasoning: { effort: "high", summary: "auto" }, max_output_tokens: 3 });
  expect(given("/v1/responses", { reasoning: { effort: "low" } }, { strip: ["reasoning_effort"] })).toEqual({
    reasoning: {},
  });
});

pure("what a text completion has no use for is not put into one", () => {
  const set = { reasoning_effort: "high", max_completion_tokens: 3, temperature: 0 };
  expect(given("/v1/completions", { prompt: "a" }, { set })).toEqual({ prompt: "a", max_tokens: 3, temperature: 0 });
});

pure("a call in whose words a parameter cannot be said is not made", () => {
  const calls = [bodyOf("/v1/messages", { max_tokens: 1 }), bodyOf(chat, { max_tokens: 1 })];
  const { calls: kept } = parametrised(calls, { ...noParameters, set: { min_p: 0.1 } }, null);
  expect(kept.map(({ path }) => path)).toEqual([chat]);
  const { calls: all } = parametrised(calls, { ...noParameters, strip: ["min_p"] }, null);
  expect(all.map(({ path }) => path)).toEqual(["/v1/messages", chat]);
});
