import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { chatBody, type EngineProcess, startEngine } from "../../../test/support/engine/engine-process.ts";

let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine.stop());

const tool = { type: "function", function: { name: "f", parameters: { type: "nonsense" } } };
const plainTool = { type: "function", function: { name: "f" } };
const schema = (of: unknown) => ({ response_format: { type: "json_schema", json_schema: { name: "s", schema: of } } });
const image = [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:" } }] }];
const badArguments = { role: "assistant", tool_calls: [{ function: { name: "f", arguments: "{" } }] };

it.each<[string, object, string, string]>([
  ["a message with an unknown role", { messages: [{ role: "usr", content: "x" }] }, "messages[0].role", "'user'"],
  ["no messages", { messages: [] }, "messages", "1"],
  ["content of the wrong type", { messages: [{ role: "user", content: 5 }] }, "messages[0].content", "string or array"],
  ["an image", { messages: image }, "messages[0].content[0].type", "text only"],
  ["arguments that are no JSON", { messages: [badArguments] }, "messages[0].tool_calls[0].function.arguments", "JSON"],
  ["two answers", { n: 2 }, "n", "one answer"],
  ["log probabilities", { logprobs: true }, "logprobs", "log probabilities"],
  ["a temperature in words", { temperature: "hot" }, "temperature", "number"],
  ["a temperature too high", { temperature: 3 }, "temperature", "2"],
  ["no token at all", { max_tokens: 0 }, "max_tokens", "1"],
  ["a token that is none", { logit_bias: { 99999: 1 } }, "logit_bias.99999", "tokens end at"],
  ["a choice without a tool", { tool_choice: "required" }, "tools", "at least one"],
  ["an unknown choice", { tool_choice: "maybe" }, "tool_choice", '"none" or "auto" or "required"'],
  [
    "a choice of no tool",
    { tool_choice: { type: "function", function: { name: "g" } } },
    "tool_choice.function.name",
    "g",
  ],
  ["a tool with a broken schema", { tools: [tool] }, "tools[0].function.parameters", "nonsense"],
  ["an unknown format", { response_format: { type: "xml" } }, "response_format.type", "json_object"],
  [
    "a schema with a dangling reference",
    schema({ $ref: "#/$defs/x" }),
    "response_format.json_schema.schema",
    "#/$defs/x",
  ],
  ["a grammar that is none", { grammar: "root = 1" }, "grammar", "GBNF"],
  ["a grammar beside tools", { grammar: 'root ::= "a"', tools: [plainTool] }, "grammar", "without `tools`"],
  [
    "a schema that nothing meets",
    schema({ type: "string", enum: [1] }),
    "response_format.json_schema.schema",
    "no value",
  ],
  ["a schema that is only itself", schema({ $ref: "#" }), "response_format", "refer to itself"],
])("names the field: %s", async (_, fields, param, words) => {
  const { status, body } = await engine.chat(fields);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: "invalid_request_error", code: "invalid_request", param });
  expect(body.error.message).toContain(words);
});

it.each<[string, object, string]>([
  ["/v1/completions", {}, "prompt"],
  ["/v1/completions", { prompt: "x", best_of: 2 }, "best_of"],
  ["/v1/completions", { prompt: "x", suffix: "y" }, "suffix"],
  ["/v1/completions", { prompt: [[1, 99999]] }, "prompt[0][1]"],
  ["/tokenize", {}, "prompt"],
  ["/detokenize", { tokens: ["a"] }, "tokens[0]"],
  ["/v1/embeddings", { input: [] }, "input"],
])("names the field of %s %j", async (path, fields, param) => {
  const { status, body } = await engine.post(path, fields);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: "invalid_request", param });
});

it("says that embeddings are off", async () => {
  const { status, body } = await engine.post("/v1/embeddings", { input: "x" });
  expect([status, body.error.message]).toEqual([400, "tiny was started without --embeddings."]);
});

it("refuses a prompt that leaves no room for an answer, and shortens an answer that would not fit", async () => {
  const long = await engine.post("/v1/completions", { prompt: " Hearth".repeat(600) });
  expect(long.status).toBe(400);
  expect(long.body.error).toMatchObject({ code: "context_length_exceeded", param: "prompt" });
  expect(long.body.error.message).toContain("context of 512 tokens");
  const { body } = await engine.chat({ max_tokens: 100_000 });
  expect(body.choices[0].finish_reason).toBe("stop");
});

it("speaks JSON about broken JSON, another model and unknown routes, without quoting the body", async () => {
  const broken = await engine.fetch("/v1/chat/completions", { method: "POST", body: '{"messages": my secret' });
  expect(broken.status).toBe(400);
  const said = await broken.text();
  expect(JSON.parse(said).error).toMatchObject({ code: "invalid_json", message: expect.stringContaining("not JSON") });
  expect(said).not.toContain("secret");
  const other = await engine.post("/v1/chat/completions", chatBody({ model: "other" }));
  expect([other.status, other.body.error.code]).toEqual([404, "model_not_found"]);
  const nowhere = await engine.get("/nowhere");
  expect([nowhere.status, nowhere.body.error.code]).toEqual([404, "route_not_found"]);
  const list = await engine.post("/v1/chat/completions", []);
  expect([list.status, list.body.error.message]).toEqual([400, "The body must be a JSON object."]);
});

it("refuses a body that is too large before it has come", async () => {
  const headers = { "content-length": 33 * 1024 * 1024 };
  const sending = request(`${engine.origin}/v1/completions`, { method: "POST", headers });
  sending.flushHeaders();
  const [answer] = (await once(sending, "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  expect(JSON.parse(await text(answer)).error.code).toBe("request_too_large");
  sending.destroy();
});
