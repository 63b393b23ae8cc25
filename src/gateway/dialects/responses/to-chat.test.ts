import { expect, test } from "vitest";
import { responses } from "./translation.ts";

const asked = (fields: Record<string, unknown>) => responses({ model: "m", input: "hi", ...fields });
const bodyOf = (fields: Record<string, unknown>) => asked(fields).body;
const messagesOf = (input: unknown, fields = {}) => bodyOf({ input, ...fields }).messages;
const hi = { role: "user", content: "hi" };

test("plain fields keep their meaning under the chat API's names", () => {
  const fields = {
    instructions: "be kind",
    max_output_tokens: 9,
    temperature: 0,
    top_p: 0.5,
    stream: true,
    store: true,
  };
  expect(bodyOf({ ...fields, reasoning: { effort: "minimal" } })).toEqual({
    model: "m",
    messages: [{ role: "system", content: "be kind" }, hi],
    max_tokens: 9,
    temperature: 0,
    top_p: 0.5,
    reasoning_effort: "low",
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("what opens the talk as instructions is one system message, what comes later a marked part of the user's turn", () => {
  const input = [
    { role: "developer", content: [{ type: "input_text", text: "a" }] },
    { role: "developer", content: "b" },
    { role: "user", content: [{ type: "input_text", text: "hi" }] },
    { type: "message", role: "developer", content: "hurry" },
  ];
  expect(messagesOf(input, { instructions: "i" })).toEqual([
    { role: "system", content: "i\n\na\n\nb" },
    { role: "user", content: "hi\n\n<system>\nhurry\n</system>" },
  ]);
});

test("thoughts, words and calls of one turn are one message, outputs follow", () => {
  const input = [
    hi,
    { type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "hm" }] },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "I look.", annotations: [] }] },
    { type: "function_call", call_id: "c1", name: "read", arguments: '{"a":1}' },
    { type: "custom_tool_call", call_id: "c2", name: "patch", input: "***" },
    { type: "function_call_output", call_id: "c1", output: "gone" },
    { type: "custom_tool_call_output", call_id: "c2", output: [{ type: "input_text", text: "done" }] },
  ];
  const call = (id: string, name: string, text: string) => ({
    id,
    type: "function",
    function: { name, arguments: text },
  });
  expect(messagesOf(input)).toEqual([
    hi,
    {
      role: "assistant",
      content: "I look.",
      reasoning: "hm",
      reasoning_content: "hm",
      tool_calls: [call("c1", "read", '{"a":1}'), call("c2", "patch", '{"input":"***"}')],
    },
    { role: "tool", tool_call_id: "c1", content: "gone" },
    { role: "tool", tool_call_id: "c2", content: "done" },
  ]);
});

test("images go over byte for byte", () => {
  const image_url = "data:image/png;base64,iVBORw0=";
  const input = [
    {
      role: "user",
      content: [
        { type: "input_text", text: "what?" },
        { type: "input_image", image_url },
      ],
    },
  ];
  expect(messagesOf(input)).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "what?" },
        { type: "image_url", image_url: { url: image_url } },
      ],
    },
  ]);
});

test("functions and custom tools go over, hosted ones are left out and named", () => {
  const tools = [
    { type: "function", name: "read", parameters: { type: "object" } },
    { type: "custom", name: "patch", description: "a patch" },
    { type: "web_search" },
  ];
  const { body, leftOut } = asked({
    tools,
    tool_choice: { type: "custom", name: "patch" },
    parallel_tool_calls: false,
  });
  expect(body.tools).toMatchObject([
    { function: { name: "read", parameters: { type: "object" } } },
    { function: { name: "patch", description: "a patch", parameters: { required: ["input"] } } },
  ]);
  expect(body).toMatchObject({
    tool_choice: { type: "function", function: { name: "patch" } },
    parallel_tool_calls: false,
  });
  expect(leftOut).toEqual(["web_search"]);
  const allowed = { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "read" }] };
  expect(bodyOf({ tools, tool_choice: allowed })).toMatchObject({
    tools: [{ function: { name: "read" } }],
    tool_choice: "required",
  });
});

test("text.format asks for a form of the answer", () => {
  const schema = { type: "object" };
  expect(
    bodyOf({ text: { format: { type: "json_schema", name: "n", schema, strict: true } } }).response_format,
  ).toEqual({
    type: "json_schema",
    json_schema: { name: "n", schema, strict: true },
  });
});

test("probabilities of tokens are asked for by either of the two fields", () => {
  expect(bodyOf({ top_logprobs: 2 })).toMatchObject({ logprobs: true, top_logprobs: 2 });
  expect(bodyOf({ include: ["message.output_text.logprobs"] })).toMatchObject({ logprobs: true });
  expect(bodyOf({ top_logprobs: 0, include: ["reasoning.encrypted_content"] })).not.toHaveProperty("logprobs");
});

test("a probe without an item is a turn of the user's in which nothing is said", () => {
  const nothing = { role: "user", content: "" };
  expect(messagesOf([], { instructions: "i" })).toEqual([{ role: "system", content: "i" }, nothing]);
  expect(messagesOf([])).toEqual([nothing]);
});

test.each([
  [{ previous_response_id: "resp_1" }, "previous_response_id: expected the id of a response"],
  [{ conversation: "conv_1" }, "conversation: expected the id of a conversation"],
  [{ background: true }, "background: answers are made while the client waits"],
  [{ input: [7] }, "input[0]: expected an object"],
  [{ tools: [{ type: "function", name: "a" }], tool_choice: { type: "function", name: "b" } }, "tool_choice.name"],
])("%j is refused with the field's name", (fields, message) => {
  expect(() => asked(fields)).toThrow(message);
});
