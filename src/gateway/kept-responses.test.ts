/** Responses and conversations that clients ask to have kept, from engines that speak the API and from those that do not. */
import { expect } from "vitest";
import { engineStream, said as says } from "../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../test/support/dialects/events-in.ts";
import { test as base, keyOf, type ServeOptions, type StubEngine } from "../../test/support/gateway/harness.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";
import type { HearthClient } from "../../test/support/hearth-client.ts";

const other = { key: "other" };

/** An engine of chats that says "one", "two", ... */
const test = base.extend<{ talk: (options?: ServeOptions) => Promise<{ client: HearthClient; engine: StubEngine }> }>({
  talk: async ({ serve, stub }, use) => {
    await use(async (options = {}) => {
      const words = ["one", "two", "three"].values();
      const engine = await stub((body, { url }, response) => {
        if (url !== "/v1/chat/completions") return response.writeHead(404).end("{}");
        const word = words.next().value ?? "more";
        if (JSON.parse(body.toString()).stream === true) {
          response.writeHead(200, { "content-type": "text/event-stream" });
          return response.end(engineStream([says.text(word), says.finish("stop")]).join(""));
        }
        return response.end(JSON.stringify({ choices: [{ message: { content: word }, finish_reason: "stop" }] }));
      });
      const link = new TestLink({ id: "a" });
      link.engine("a", engine.origin);
      const { client } = await serve(link, { keys: [keyOf("other")], ...options });
      return { client, engine };
    });
  },
});

const respond = (client: HearthClient, fields: object) => client.post("/v1/responses", { model: "a", ...fields });

/** What the engine was asked last, as role and text. */
function asked({ seen }: StubEngine): string[][] {
  const { messages } = JSON.parse(seen.at(-1)!.body.toString());
  return messages.map(({ role, content }: { role: string; content: string }) => [role, content]);
}

test("a response is kept only where its request says so, and the answer says whether", async ({ talk }) => {
  const { client } = await talk();
  const not = await respond(client, { input: "hi" });
  expect(not.json.store).toBe(false);
  expect((await client.get(`/v1/responses/${not.json.id}`)).status).toBe(404);
  const kept = await respond(client, { input: "hi", store: true, metadata: { a: "b" } });
  expect(kept.json.store).toBe(true);
  expect((await client.get(`/v1/responses/${kept.json.id}`)).json).toEqual(kept.json);
});

test("a request goes on from a response that is kept, with all that came before it, in streams too", async ({
  talk,
}) => {
  const { client, engine } = await talk();
  const first = await respond(client, { input: "hi", store: true, instructions: "be kind" });
  const { text } = await respond(client, {
    input: [{ role: "user", content: "and?" }],
    previous_response_id: first.json.id,
    store: true,
    stream: true,
  });
  // The instructions of an earlier response are not those of this one.
  expect(asked(engine)).toEqual([
    ["user", "hi"],
    ["assistant", "one"],
    ["user", "and?"],
  ]);
  const events = eventsIn(text);
  for (const { data } of [events[0]!, events.at(-1)!]) {
    expect(data.response).toMatchObject({ store: true, previous_response_id: first.json.id });
  }
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index));
  const second = events.at(-1)!.data.response;
  expect((await client.get(`/v1/responses/${second.id}`)).json).toEqual(second);
  const third = await respond(client, { input: "so?", previous_response_id: second.id });
  expect(asked(engine)).toHaveLength(5);
  expect(third.json).toMatchObject({ store: false, previous_response_id: second.id });
  const items = await client.get(`/v1/responses/${second.id}/input_items?order=asc&limit=2`);
  expect(items.json).toMatchObject({ object: "list", has_more: true });
  expect(items.json.data).toMatchObject([
    { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "one" }] },
  ]);
  const rest = await client.get(`/v1/responses/${second.id}/input_items?order=asc&after=${items.json.last_id}`);
  expect(rest.json).toMatchObject({ has_more: false, data: [{ content: [{ text: "and?" }] }] });
});

test("an engine that speaks the API is asked with the whole conversation, and its answer is kept", async ({
  serve,
  stub,
}) => {
  const said = { type: "message", id: "m", role: "assistant", content: [{ type: "output_text", text: "one" }] };
  const response = { id: "resp_own", object: "response", store: false, output: [said] };
  const engine = await stub((body, _, answer) => {
    if (JSON.parse(body.toString()).stream !== true) return answer.end(JSON.stringify(response));
    answer.writeHead(200, { "content-type": "text/event-stream" });
    const created = { type: "response.created", response };
    const delta = { type: "response.output_text.delta", delta: 'the "response"' };
    const done = { type: "response.completed", response: { ...response, id: "resp_streamed" } };
    const events = [created, delta, done].map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
    return answer.end(`: alive\n\n${events.join("")}`);
  });
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const first = await respond(client, { input: "hi", store: true });
  expect(first.json).toMatchObject({ id: "resp_own", store: true });
  const { text } = await respond(client, {
    input: "and?",
    previous_response_id: "resp_own",
    store: true,
    stream: true,
  });
  const sent = JSON.parse(engine.seen.at(-1)!.body.toString());
  expect(sent).toMatchObject({ store: false, input: [{ role: "user" }, said, { role: "user" }] });
  expect(sent).not.toHaveProperty("previous_response_id");
  expect(text).toContain(": alive\n\n");
  const marks = { store: true, previous_response_id: "resp_own" };
  expect(eventsIn(text).map(({ data }) => data)).toMatchObject([
    { type: "response.created", response: marks },
    { type: "response.output_text.delta", delta: 'the "response"' },
    { type: "response.completed", response: { id: "resp_streamed", ...marks } },
  ]);
  expect((await client.get("/v1/responses/resp_streamed")).json).toMatchObject(marks);
});

test("what is not here is said in OpenAI's words, with the setting; nobody finds what another key has kept", async ({
  talk,
}) => {
  const { client, engine } = await talk();
  const { json } = await respond(client, { input: "hi", store: true });
  const before = engine.seen.length;
  for (const [id, key] of [
    ["resp_x", undefined],
    ["conv_1", undefined],
    [json.id, "other"],
  ]) {
    const init = key === undefined ? {} : { key };
    const previous = await client.post("/v1/responses", { model: "a", input: "hi", previous_response_id: id }, init);
    expect([previous.status, previous.json.error.code, previous.json.error.param]).toEqual([
      400,
      "previous_response_not_found",
      "previous_response_id",
    ]);
    expect(previous.json.error.message).toMatch(`Previous response with id '${id}' not found.`);
    expect(previous.json.error.message).toMatch("`responses.store: always`");
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/input_items"],
      ["POST", "/cancel"],
    ]) {
      const none = await client.send(`/v1/responses/${id}${path}`, { method: method!, ...init });
      expect([none.status, none.json.error.code]).toEqual([404, "response_not_found"]);
    }
  }
  expect(engine.seen).toHaveLength(before);
});

test("a response that is thrown away is gone; clients may name a type for the body that they do not send", async ({
  talk,
}) => {
  const { client } = await talk();
  const { id } = (await respond(client, { input: "hi", store: true })).json;
  const gone = await client.send(`/v1/responses/${id}`, {
    method: "DELETE",
    headers: { "content-type": "application/json" },
  });
  expect([gone.status, gone.json]).toEqual([200, { id, object: "response", deleted: true }]);
  expect((await client.send(`/v1/responses/${id}`, { method: "DELETE" })).status).toBe(404);
});

test("the setting keeps what no request refuses to have kept, or nothing at all", async ({ talk }) => {
  const always = await talk({ responses: { store: "always" } });
  expect((await respond(always.client, { input: "hi" })).json.store).toBe(true);
  expect((await respond(always.client, { input: "hi", store: false })).json.store).toBe(false);
  const never = await talk({ responses: { store: "never" } });
  expect((await respond(never.client, { input: "hi", store: true })).json.store).toBe(false);
  const refused = await never.client.post("/v1/conversations", {});
  expect([refused.status, refused.json.error.message]).toEqual([501, expect.stringContaining("`responses.store`")]);
});

test("what is too large to be kept is answered all the same, and said not to be kept", async ({ talk }) => {
  const { client } = await talk({ responses: { memory: 4096 } });
  const { status, json } = await respond(client, { input: "x".repeat(3000), store: true });
  expect([status, json.store]).toEqual([200, false]);
});

test("no request takes long to be read for what it goes on from: a larger one is refused, or not kept", async ({
  talk,
}) => {
  const { client, engine } = await talk({ limits: { body: 16 * 1024 * 1024 } });
  const input = "x".repeat(5 * 1024 * 1024);
  const { json } = await respond(client, { input: "hi", store: true });
  const before = engine.seen.length;
  const refused = await respond(client, { input, previous_response_id: json.id });
  expect([refused.status, refused.json.error.code]).toEqual([413, "request_too_large"]);
  expect(engine.seen).toHaveLength(before);
  const tools = [{ type: "function", name: "say", parameters: { properties: { conversation: { type: "string" } } } }];
  const { status, json: answered } = await respond(client, { input, store: true, previous_response_id: null, tools });
  expect([status, answered.store]).toEqual([200, false]);
});

test("a conversation grows by what is asked and answered in it", async ({ talk }) => {
  const { client, engine } = await talk();
  const { json: begun } = await client.post("/v1/conversations", {
    metadata: { topic: "sea" },
    items: [{ type: "message", role: "system", content: "be kind" }],
  });
  expect(begun).toMatchObject({ object: "conversation", metadata: { topic: "sea" } });
  const path = `/v1/conversations/${begun.id}`;
  expect((await client.get(path)).json).toEqual(begun);
  const first = await respond(client, { input: "hi", conversation: begun.id });
  expect(first.json).toMatchObject({ store: false, conversation: { id: begun.id } });
  await respond(client, { input: "and?", conversation: { id: begun.id } });
  expect(asked(engine)).toEqual([
    ["system", "be kind"],
    ["user", "hi"],
    ["assistant", "one"],
    ["user", "and?"],
  ]);
  const { json: items } = await client.get(`${path}/items`);
  expect(items.data.map(({ role }: { role: string }) => role)).toEqual([
    "assistant",
    "user",
    "assistant",
    "user",
    "system",
  ]);
  const [{ id }] = items.data;
  expect((await client.get(`${path}/items/${id}`)).json).toEqual(items.data[0]);
  expect((await client.send(`${path}/items/${id}`, { method: "DELETE" })).json.id).toBe(begun.id);
  expect((await client.get(`${path}/items/${id}`)).status).toBe(404);
  const added = await client.post(`${path}/items`, { items: [{ role: "user", content: "more" }] });
  expect(added.json).toMatchObject({ object: "list", data: [{ type: "message", status: "completed" }] });
  expect((await client.post(path, { metadata: { topic: "land" } })).json.metadata).toEqual({ topic: "land" });
  expect((await client.get(path, other)).status).toBe(404);
  expect((await client.send(path, { method: "DELETE" })).json).toMatchObject({ id: begun.id, deleted: true });
  const refused = await respond(client, { input: "hi", conversation: begun.id });
  expect([refused.status, refused.json.error.code]).toEqual([404, "conversation_not_found"]);
});

test("two pasts at once are refused", async ({ talk }) => {
  const { client } = await talk();
  const { status, json } = await respond(client, {
    input: "hi",
    conversation: "conv_1",
    previous_response_id: "resp_1",
  });
  expect([status, json.error.code]).toEqual([400, "invalid_request"]);
});

test("the input of a request is counted without starting its model, what came before it too", async ({ talk }) => {
  const { client, engine } = await talk();
  const count = async (fields: object) => {
    const { json, headers } = await client.post("/v1/responses/input_tokens", { model: "a", ...fields });
    expect([json.object, headers["x-hearth-token-count"]]).toEqual(["response.input_tokens", "estimate"]);
    return json.input_tokens;
  };
  const short = await count({ input: "hi" });
  expect(short).toBeGreaterThan(0);
  expect(await count({ input: "hi", tools: [{ type: "function", name: "read" }] })).toBeGreaterThan(short);
  expect(engine.seen).toHaveLength(0);
  const { id } = (await respond(client, { input: "hi", store: true })).json;
  expect(await count({ input: "hi", previous_response_id: id })).toBeGreaterThan(short);
  const nameless = await client.post("/v1/responses/input_tokens", { input: "hi" });
  expect([nameless.status, nameless.json.error.code]).toEqual([400, "model_required"]);
});

test("a conversation is compacted to the user's words and the model's summary, from which another request goes on", async ({
  talk,
}) => {
  const { client, engine } = await talk();
  const input = [
    { role: "user", content: "hi" },
    { role: "assistant", content: "hello" },
    { role: "user", content: "and?" },
  ];
  const { json } = await client.post("/v1/responses/compact", { model: "a", input, instructions: "be kind" });
  expect(asked(engine).at(-1)).toEqual(["user", expect.stringContaining("Sum up our conversation")]);
  expect(json).toMatchObject({
    object: "response.compaction",
    output: [{ role: "user" }, { role: "user" }, { type: "compaction" }],
    usage: { total_tokens: 0 },
  });
  await respond(client, { input: [...json.output, { role: "user", content: "so?" }] });
  expect(asked(engine)).toEqual([["user", "hi\n\nand?\n\n[summary of the conversation so far]\none\n\nso?"]]);
  const foreign = { type: "compaction", encrypted_content: "gAAAA" };
  const { status } = await respond(client, { input: [foreign, { role: "user", content: "so?" }] });
  expect(status).toBe(200);
});

test("where the wait itself is told as a thought, the response says from its first event that it is kept", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, { url }, response) => {
    if (url !== "/v1/chat/completions") return response.writeHead(404).end("{}");
    response.writeHead(200, { "content-type": "text/event-stream" });
    return response.end(engineStream([says.text("one"), says.finish("stop")]).join(""));
  });
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { policy: { showWaiting: "thinking" } });
  const body = JSON.stringify({ model: "a", input: "hi", store: true, stream: true });
  const stream = await client.open("/v1/responses", { method: "POST", body });
  await stream.until("the wait", ({ text }) => text.includes("Waiting for a"));
  link.engine("a", engine.origin);
  expect(await stream.ended).toBe("whole");
  const events = eventsIn(stream.text);
  expect(events[0]!.data).toMatchObject({ type: "response.created", response: { store: true } });
  expect(events.at(-1)!.data).toMatchObject({ type: "response.completed", response: { store: true } });
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index));
  const { id } = events.at(-1)!.data.response;
  expect((await client.get(`/v1/responses/${id}`)).json.output).toMatchObject([{ type: "reasoning" }, {}]);
});

test("an item that is only named is taken from what is kept, once, and what is kept nowhere becomes a sentence", async ({
  talk,
}) => {
  const { client, engine } = await talk();
  const first = await respond(client, { input: "hi", store: true });
  const [{ id }] = first.json.output;
  const { data } = (await client.get(`/v1/responses/${first.json.id}/input_items`)).json;
  const named = [
    { type: "item_reference", id: data[0].id },
    { type: "item_reference", id },
  ];
  const question = { role: "user", content: "and?" };
  await respond(client, { input: [...named, question] });
  const whole = [
    ["user", "hi"],
    ["assistant", "one"],
    ["user", "and?"],
  ];
  expect(asked(engine)).toEqual(whole);
  await respond(client, { input: [...named, question], previous_response_id: first.json.id });
  expect(asked(engine)).toEqual(whole);
  for (const who of [{}, other]) {
    const input = [{ type: "item_reference", id: who === other ? id : "msg_nowhere" }, question];
    const { status, headers } = await client.post("/v1/responses", { model: "a", input }, who);
    expect([status, headers["x-hearth-fixups"]]).toEqual([200, "replaced=item_reference"]);
    expect(asked(engine)[0]![1]).toContain("[something that was said earlier and is kept elsewhere]");
  }
});
