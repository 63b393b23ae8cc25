/** What clients send that no API's reference has: holes in lists, other APIs' forms, calls that were broken off. */
import { describe, expect, test } from "vitest";
import { messages as anthropic } from "./anthropic/translation.ts";
import { generateContent } from "./gemini/translation.ts";
import { chat as ollama } from "./ollama/chat.ts";
import { responses } from "./responses/translation.ts";

const user = (content: unknown) => ({ role: "user", content });
const hi = [user("hi")];
const read = { name: "read", parameters: { type: "object" } };
const chatTool = { type: "function", function: read };
const cut = '{"path":"a.t';
const cutOff = JSON.stringify({ invalid_arguments: cut });
const noResult = (id: string) => ({ role: "tool", tool_call_id: id, content: "[no result: the call was broken off]" });
const called = (id: string, args = "{}") => ({
  role: "assistant",
  content: null,
  tool_calls: [{ id, type: "function", function: { name: "read", arguments: args } }],
});
const use = (id: string) => ({ type: "tool_use", id, name: "read", input: {} });
const call = (call_id: string, args = "{}") => ({ type: "function_call", call_id, name: "read", arguments: args });
const text = (words: string) => ({ role: "user", parts: [{ text: words }] });

describe("a conversation", () => {
  test.each([
    ["Messages with holes", anthropic, { messages: [null, ...hi] }, hi],
    ["Messages without a content", anthropic, { messages: [{ role: "user" }] }, [user("")]],
    ["Responses with holes and texts", responses, { input: [null, "hi"] }, hi],
    ["Responses of one item alone", responses, { input: user("hi") }, hi],
    ["Ollama's with parts", ollama, { messages: [user([{ type: "text", text: "hi" }])] }, hi],
    ["Ollama's with no parts", ollama, { messages: [user([])] }, [user("")]],
    [
      "Ollama's with a part of a picture",
      ollama,
      { messages: [user([{ type: "image_url" }])] },
      [user('[a part of kind "image_url" that cannot be read here]')],
    ],
    ["Ollama's without a role", ollama, { messages: [{ content: "hi" }] }, hi],
    ["Gemini's of text alone", generateContent, { contents: "hi" }, hi],
    ["Gemini's of a text in a list", generateContent, { contents: ["hi"] }, hi],
    ["Gemini's with a text for parts", generateContent, { contents: [{ parts: "hi" }] }, hi],
    ["Gemini's with a hole in its parts", generateContent, { contents: [{ parts: [null, { text: "hi" }] }] }, hi],
    ["Gemini's without a part", generateContent, { contents: [{ role: "user", parts: [] }] }, [user("")]],
    ["Gemini's with a text that is null", generateContent, { contents: [{ parts: [{ text: null }] }] }, [user("")]],
    [
      "Gemini's with a result that says nothing",
      generateContent,
      { contents: [{ parts: [{ functionResponse: { name: "read" } }] }] },
      [user("[result of read]\n")],
    ],
    [
      "Messages that go on while a call is open",
      anthropic,
      {
        messages: [
          ...hi,
          { role: "assistant", content: [use("a"), use("b")] },
          user([{ type: "tool_result", tool_use_id: "b", content: "ok" }]),
          user("stop"),
        ],
      },
      [
        ...hi,
        { ...called("a"), tool_calls: ["a", "b"].flatMap((id) => called(id).tool_calls) },
        { role: "tool", tool_call_id: "b", content: "ok" },
        noResult("a"),
        user("stop"),
      ],
    ],
    [
      "Responses that go on while a call is open, cut off in its arguments",
      responses,
      { input: [...hi, call("a", cut), user("stop")] },
      [...hi, called("a", cutOff), noResult("a"), user("stop")],
    ],
    [
      "Responses with a result that comes late",
      responses,
      { input: [...hi, call("a"), user("wait"), { type: "function_call_output", call_id: "a", output: "ok" }] },
      [...hi, called("a"), { role: "tool", tool_call_id: "a", content: "ok" }, user("wait")],
    ],
    [
      "Gemini's that goes on while a call is open",
      generateContent,
      { contents: [text("hi"), { role: "model", parts: [{ functionCall: { id: "a", name: "read" } }] }, text("stop")] },
      [...hi, called("a"), noResult("a"), user("stop")],
    ],
    [
      "Ollama's with numbers for ids and arguments that were cut off",
      ollama,
      {
        messages: [
          { role: "assistant", tool_calls: [{ id: 1, function: { name: "read", arguments: cut } }] },
          { role: "tool", tool_call_id: 1, content: { a: 1 } },
        ],
      },
      [called("1", cutOff), { role: "tool", tool_call_id: "1", content: '{"a":1}' }],
    ],
  ])("%s is read", (_, translation, body, expected) => {
    expect(translation({ max_tokens: 5, ...body }).body.messages).toEqual(expected);
  });

  test("whose last call is open is left open", () => {
    const { body } = responses({ input: [...hi, call("a")] });
    expect(body.messages).toEqual([...hi, called("a")]);
  });
});

describe("a tool", () => {
  test.each([
    ["Anthropic's", anthropic, { messages: hi, tools: [chatTool] }],
    ["Responses'", responses, { input: "hi", tools: [chatTool] }],
    ["Ollama's", ollama, { messages: hi, tools: [chatTool] }],
    ["Ollama's, without a frame", ollama, { messages: hi, tools: [read] }],
  ])("in the form of a chat is taken among %s", (_, translation, body) => {
    expect(translation({ max_tokens: 5, ...body }).body.tools).toEqual([chatTool]);
  });

  test("and the choice of it, too", () => {
    const tool_choice = { type: "function", function: { name: "read" } };
    expect(responses({ input: "hi", tools: [chatTool], tool_choice }).body.tool_choice).toEqual(tool_choice);
  });

  test("of a vendor's servers is left out on Ollama's API as on all others", () => {
    const { body, leftOut } = ollama({ messages: hi, tools: [{ type: "web_search" }, chatTool] });
    expect([body.tools, leftOut]).toEqual([[chatTool], ["web_search"]]);
    expect(ollama({ messages: hi, tools: [{ type: "mcp" }] }).body).not.toHaveProperty("tools");
  });
});

test.each([
  [{ json_schema: { name: "x", schema: { type: "object" } } }, "x"],
  [{ schema: { type: "object" } }, "answer"],
])("a schema for a response may come as a chat has it, or without a name: %j", (members, name) => {
  const { body } = responses({ input: "hi", text: { format: { type: "json_schema", ...members } } });
  expect(body.response_format).toMatchObject({ json_schema: { name, schema: { type: "object" } } });
});

test("Google's numbers may be text, and 0 for a limit is none", () => {
  const generationConfig = {
    ...{ temperature: "0.5", topK: "5", maxOutputTokens: "50", seed: "7", stopSequences: "END", candidateCount: 0 },
  };
  const contents = [text("hi")];
  expect(generateContent({ contents, generationConfig }).body).toEqual({
    messages: hi,
    ...{ temperature: 0.5, top_k: 5, max_tokens: 50, seed: 7, stop: ["END"] },
  });
  expect(generateContent({ contents, generationConfig: { maxOutputTokens: 0 } }).body).toEqual({ messages: hi });
});

test("an instruction of Google's may be a list of parts", () => {
  const { body } = generateContent({ contents: [text("hi")], systemInstruction: [{ text: "be kind" }] });
  expect(body.messages).toEqual([{ role: "system", content: "be kind" }, ...hi]);
});

test("what a client notes about its user refuses nothing", () => {
  const asked = (metadata: unknown) => anthropic({ max_tokens: 5, messages: hi, metadata }).body.user;
  expect([asked({ user_id: "u" }), asked({ user_id: 7 }), asked("x")]).toEqual(["u", undefined, undefined]);
});
