/** What every model's requests are rid of, so that strict engines take them. */
import { expect } from "vitest";
import { type StubEngine, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";

const hi = [{ role: "user", content: "hello" }];
const answer = JSON.stringify({ choices: [{ message: { content: "hello" }, finish_reason: "stop" }] });
const last = ({ seen }: StubEngine) => JSON.parse(seen.at(-1)!.body.toString("utf8"));

test.for([
  [
    "/v1/chat/completions",
    { messages: hi, tools: [], tool_choice: "auto", parallel_tool_calls: true },
    { messages: hi },
  ],
  ["/v1/chat/completions", { messages: hi, tool_choice: "none" }, { messages: hi }],
  ["/v1/chat/completions", { messages: hi, stream_options: { include_usage: true } }, { messages: hi }],
  ["/v1/chat/completions", { messages: hi, tools: null, stop: null, seed: 1 }, { messages: hi, seed: 1 }],
  ["/v1/completions", { prompt: "x", stream_options: {}, suffix: null }, { prompt: "x" }],
  [
    "/v1/messages",
    { max_tokens: 5, messages: hi, tools: [], tool_choice: { type: "auto" }, system: null },
    { max_tokens: 5, messages: hi },
  ],
  ["/v1/responses", { input: "x", tools: [], tool_choice: "auto", stream_options: {}, metadata: null }, { input: "x" }],
] as const)("%s: what is not set is left out: %j", async ([path, before, after], { serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end(answer));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { headers } = await client.post(path, { model: "a", ...before });
  expect(headers["x-hearth-fixups"]).toBe("drop-unset");
  expect(last(engine)).toEqual({ model: "a", ...after });
  const raw = await client.post(path, { model: "a", ...before }, { headers: { "x-hearth-fixups": "none" } });
  expect(raw.headers["x-hearth-fixups"]).toBeUndefined();
  expect(last(engine)).toEqual({ model: "a", ...before });
});

test.for([
  {
    messages: hi,
    tools: [{ type: "function", function: { name: "f", parameters: { default: null } } }],
    tool_choice: "auto",
  },
  { messages: [...hi, { role: "assistant", content: null, tool_calls: [{ id: "c" }] }] },
  { messages: [{ role: "user", content: 'It says {"tools": null, "name": null} and "reasoning".' }] },
  { messages: hi, stream: true, stream_options: { include_usage: true } },
  { messages: hi, reasoning_effort: "low" },
])("what is in order goes out byte for byte: %j", async (fields, { serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end(answer));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const body = `{ "model":"a", "seed":12345678901234567890, ${JSON.stringify(fields).slice(1)}`;
  const { headers } = await client.post("/v1/chat/completions", body);
  expect(headers["x-hearth-fixups"]).toBeUndefined();
  expect(engine.seen.map((one) => one.body.toString())).toEqual([body]);
});

test.for([
  ['{"path":"a.t', '{"invalid_arguments":"{\\"path\\":\\"a.t"}'],
  ['"{\\"path\\":\\"a\\"}"', '{"path":"a"}'],
  ['{"path":"\\"}"} ', null],
  ["", null],
] as const)(
  "arguments of an earlier call that no engine can parse become an object: %s",
  async ([given, after], { serve, stub }) => {
    const link = new TestLink({ id: "a" });
    const engine = await stub((_, __, response) => response.end(answer));
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const call = { id: "c", type: "function", function: { name: "read", arguments: given } };
    const messages = [...hi, { role: "assistant", content: null, tool_calls: [call] }, ...hi];
    const { headers } = await client.post("/v1/chat/completions", { model: "a", messages });
    expect(headers["x-hearth-fixups"]).toBe(after === null ? undefined : "whole-arguments");
    expect(last(engine).messages[1].tool_calls[0].function.arguments).toBe(after ?? given);
  },
);

const read = { type: "function", function: { name: "read", parameters: {} } };

test.for([
  [
    { tools: [read, { type: "web_search" }], tool_choice: "auto" },
    { tools: [read], tool_choice: "auto" },
  ],
  [{ tools: [{ type: "mcp", server_label: "x" }], tool_choice: "auto" }, {}],
  [{ tools: [{ type: "web_search" }], tool_choice: "required" }, null],
  [{ tools: [read, { type: "web_search" }], tool_choice: { type: "web_search" } }, null],
  [{ tools: [{ type: "function", function: { name: "web_search", parameters: {} } }] }, null],
] as const)("tools of vendors' servers are left out of %j", async ([fields, after], { serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end(answer));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const { headers } = await client.post("/v1/chat/completions", { model: "a", messages: hi, ...fields });
  expect(headers["x-hearth-fixups"]).toBe(after === null ? undefined : "hosted-tools");
  expect(last(engine)).toEqual({ model: "a", messages: hi, ...(after ?? fields) });
});

test("messages that an SDK filled with nulls, other vendors' roles and one name of a thought suit every engine", async ({
  serve,
  stub,
}) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end(answer));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const echoed = {
    role: "assistant",
    content: null,
    refusal: null,
    audio: null,
    tool_calls: [],
    reasoning_content: "hm",
  };
  const messages = [{ role: "developer", content: "Be brief." }, ...hi, echoed, ...hi];
  const { headers } = await client.chat("a", { messages });
  expect(headers["x-hearth-fixups"]).toBe("drop-unset, developer-role, thought-names");
  expect(last(engine).messages).toEqual([
    { role: "system", content: "Be brief." },
    ...hi,
    { role: "assistant", content: null, reasoning_content: "hm", reasoning: "hm" },
    ...hi,
  ]);
});

test("a chat that was begun with another vendor's parts goes on", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end(answer));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const content = [
    { type: "thinking", thinking: "hm", signature: "BBBB" },
    { type: "redacted_thinking", data: "AAAA" },
    { type: "server_tool_use", id: "s", name: "web_search", input: { query: "weather" } },
    { type: "text", text: "It rains." },
  ];
  const { headers } = await client.chat("a", { messages: [...hi, { role: "assistant", content }, ...hi] });
  expect(headers["x-hearth-fixups"]).toBe("foreign-parts");
  expect(last(engine).messages[1].content).toEqual([
    { type: "text", text: "hm" },
    { type: "text", text: '[web_search was used: {"query":"weather"}]' },
    { type: "text", text: "It rains." },
  ]);
});

test("Claude Code's line with a checksum goes to no engine that speaks its API either", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, __, response) => response.end("{}"));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const system = [
    { type: "text", text: "x-anthropic-billing-header: cc_version=2.1; cch=1a2b3;" },
    { type: "text", text: "You are a coding agent.", cache_control: { type: "ephemeral" } },
  ];
  await client.post("/v1/messages", { model: "a", max_tokens: 5, system, messages: hi });
  expect(last(engine).system).toEqual([system[1]]);
});

const seed = "12345678901234567890";

test.for([
  ["/api/chat", `{"model":"a","stream":false,"messages":[{"role":"user","content":"x"}],"options":{"seed":${seed}}}`],
  ["/v1beta/models/a:generateContent", `{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"seed":${seed}}}`],
  ["/v1/chat/completions", `{"model":"a","tools":[],"messages":[],"seed":${seed}}`],
  [
    "/v1/messages",
    `{"model":"a","max_tokens":5,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"id":${seed}}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}]}`,
  ],
] as const)("%s: a number of 64 bits reaches the engine as it came", async ([path, body], { serve, stub }) => {
  const link = new TestLink({ id: "a" });
  const engine = await stub((_, { url }, response) => {
    response.statusCode = url === "/v1/chat/completions" ? 200 : 404;
    response.end(answer);
  });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  expect((await client.post(path, body)).status).toBe(200);
  expect(engine.seen.at(-1)!.body.toString()).toContain(seed);
});

test.for([true, false])(
  "a model that thinks says so under both names to who streams (%s)",
  async (stream, { serve, stub }) => {
    const link = new TestLink({ id: "a", capabilities: ["chat", "reasoning"] });
    const engine = await stub((_, __, response) => {
      const said = { role: "assistant", content: "hello", reasoning: "hm" };
      response.setHeader("content-type", stream ? "text/event-stream" : "application/json");
      const choice = stream ? { index: 0, delta: said } : { index: 0, message: said, finish_reason: "stop" };
      const text = JSON.stringify({ choices: [choice] });
      response.end(stream ? `data: ${text}\n\ndata: [DONE]\n\n` : text);
    });
    link.engine("a", engine.origin);
    const { client } = await serve(link);
    const { text } = await client.chat("a", { stream });
    expect(text).toContain('"reasoning":"hm"');
    expect(text).toContain('"reasoning_content":"hm"');
  },
);
