import { expect, test } from "vitest";
import { messages as translation } from "./translation.ts";

const chatOf = (fields: Record<string, unknown>) => translation({ model: "m", max_tokens: 10, ...fields });
const bodyOf = (fields: Record<string, unknown>) => chatOf(fields).body;
const says = (content: unknown, role = "user") => ({ role, content });

test("plain fields keep their meaning under OpenAI's names", () => {
  const fields = { temperature: 0.5, top_p: 0.9, top_k: 20, stop_sequences: ["END"], metadata: { user_id: "ann" } };
  expect(bodyOf({ ...fields, messages: [says("hi")], stream: true })).toEqual({
    model: "m",
    messages: [says("hi")],
    max_tokens: 10,
    temperature: 0.5,
    top_p: 0.9,
    top_k: 20,
    stop: ["END"],
    user: "ann",
    thinking: { type: "disabled" },
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("system prompts, also those among the first messages, become the one system message", () => {
  const system = [
    { type: "text", text: "a", cache_control: { type: "ephemeral" } },
    { type: "text", text: "b" },
  ];
  const { messages } = bodyOf({ system, messages: [says("c", "system"), says("hi")] });
  expect(messages).toEqual([says("a\n\nb\n\nc", "system"), says("hi")]);
});

test("a system message in the middle stays where it is, as a marked part of the user's turn", () => {
  const { messages } = bodyOf({
    messages: [says("hi"), says("it is late", "system"), says("ok", "assistant"), says("so?")],
  });
  expect(messages).toEqual([says("hi\n\n<system>\nit is late\n</system>"), says("ok", "assistant"), says("so?")]);
});

test("calls and their results go over, results before what the user adds, turns of one role in one", () => {
  const { messages } = bodyOf({
    messages: [
      says("look"),
      says(
        [
          { type: "thinking", thinking: "hm", signature: "" },
          { type: "text", text: "I look." },
        ],
        "assistant",
      ),
      says([{ type: "tool_use", id: "t1", name: "read", input: { path: "a" } }], "assistant"),
      says([
        { type: "text", text: "and hurry" },
        { type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "gone" }], is_error: true },
      ]),
    ],
  });
  expect(messages).toEqual([
    says("look"),
    {
      role: "assistant",
      content: "I look.",
      reasoning: "hm",
      reasoning_content: "hm",
      tool_calls: [{ id: "t1", type: "function", function: { name: "read", arguments: '{"path":"a"}' } }],
    },
    { role: "tool", tool_call_id: "t1", content: "Error: gone" },
    says("and hurry"),
  ]);
});

test("images go over byte for byte, those of a tool's result after it", () => {
  const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0=" } };
  const { messages } = bodyOf({
    messages: [
      says([{ type: "text", text: "what?" }, image]),
      says([{ type: "tool_result", tool_use_id: "t", content: [image] }]),
    ],
  });
  const part = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0=" } };
  expect(messages).toEqual([
    { role: "tool", tool_call_id: "t", content: "" },
    says([{ type: "text", text: "what?" }, part, { type: "text", text: "Images of the result of t:" }, part]),
  ]);
});

test.each([
  [{ type: "auto" }, { tool_choice: "auto" }],
  [
    { type: "any", disable_parallel_tool_use: true },
    { tool_choice: "required", parallel_tool_calls: false },
  ],
  [{ type: "tool", name: "read" }, { tool_choice: { type: "function", function: { name: "read" } } }],
  [{ type: "none" }, { tool_choice: "none" }],
])("tool choice %j", (tool_choice, expected) => {
  const tools = [{ name: "read", description: "reads", input_schema: { type: "object" } }];
  const body = bodyOf({ messages: [says("hi")], tools, tool_choice });
  expect(body).toMatchObject({
    ...expected,
    tools: [{ type: "function", function: { name: "read", parameters: { type: "object" } } }],
  });
});

const search = { type: "web_search_20250305", name: "web_search" };

test("a tool that runs on Anthropic's servers is left out and named, also where there is no other", () => {
  const own = { name: "read", input_schema: { type: "object" } };
  const servers = { mcp_servers: [{ type: "url", url: "https://example.org" }] };
  for (const tools of [[search, own], [search]]) {
    const { body, leftOut } = chatOf({ messages: [says("hi")], tools, tool_choice: { type: "auto" }, ...servers });
    expect(leftOut).toEqual(["web_search_20250305", "mcp_servers"]);
    expect(((body.tools ?? []) as object[]).length).toBe(tools.length - 1);
    expect("tool_choice" in body).toBe(tools.length > 1);
  }
});

test.each([{ type: "any" }, { type: "tool", name: "web_search" }])("%j demands one, and is refused", (tool_choice) => {
  expect(() => chatOf({ messages: [says("hi")], tools: [search], tool_choice })).toThrow(
    /^tool_choice: demands a tool, .* web_search_20250305 run on Anthropic's servers only/,
  );
});

test.each([
  ["bash_20250124", "bash", "command"],
  ["text_editor_20250728", "str_replace_based_edit_tool", "old_str"],
  ["memory_20250818", "memory", "new_path"],
  ["computer_20250124", "computer", "action"],
])("%s, which the client runs, is offered with the schema that only Claude knows", (type, name, parameter) => {
  const { body, leftOut } = chatOf({ messages: [says("hi")], tools: [{ type, name }] });
  const [tool] = body.tools as { function: { name: string; parameters: { properties: object } } }[];
  expect([leftOut, tool!.function.name]).toEqual([[], name]);
  expect(tool!.function.parameters.properties).toHaveProperty(parameter);
});

test.each([
  [{}, { thinking: { type: "disabled" } }],
  [{ thinking: { type: "disabled" } }, { thinking: { type: "disabled" } }],
  [{ thinking: { type: "adaptive" } }, { reasoning_effort: "medium" }],
  [{ thinking: { type: "enabled", budget_tokens: 1024 } }, { reasoning_effort: "low" }],
  [{ thinking: { type: "enabled", budget_tokens: 30_000 } }, { reasoning_effort: "high" }],
  [{ thinking: { type: "adaptive" }, output_config: { effort: "medium" } }, { reasoning_effort: "medium" }],
])("%j as reasoning", (fields, expected) => {
  expect(bodyOf({ messages: [says("hi")], ...fields })).toMatchObject(expected);
});

test("a last message of the assistant's is continued", () => {
  const body = bodyOf({ messages: [says("count"), says("one, two,", "assistant")] });
  expect(body).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
});

test.each([
  [{ messages: [] }, "messages: expected at least one message"],
  [{ messages: ["hi"] }, "messages[0]: expected an object"],
  [{ messages: [says("hi")], max_tokens: 0 }, "max_tokens"],
  [{ messages: [says("hi")], tools: [{ input_schema: {} }] }, "tools[0].name"],
])("%j is refused with the field's name", (fields, message) => {
  expect(() => bodyOf(fields)).toThrow(message);
});
