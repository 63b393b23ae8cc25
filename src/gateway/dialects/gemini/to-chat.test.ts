import { expect, test } from "vitest";
import { generateContent, streamEvents } from "./translation.ts";

const chatOf = (fields: object) => generateContent({ contents: [says("hi")], ...fields });
const bodyOf = (fields: object) => chatOf(fields).body;
const says = (text: string, role = "user") => ({ role, parts: [{ text }] });
const message = (content: unknown, role = "user") => ({ role, content });
const call = (id: string, name: string, args = "{}") => ({ id, type: "function", function: { name, arguments: args } });

test("plain fields keep their meaning under OpenAI's names", () => {
  const generationConfig = {
    ...{ temperature: 0.5, topP: 0.9, topK: 20, maxOutputTokens: 10, stopSequences: ["END"] },
    ...{ seed: 7, presencePenalty: 0.1, frequencyPenalty: 0.2, candidateCount: 1 },
  };
  expect(streamEvents({ contents: [says("hi")], generationConfig, safetySettings: [], labels: {} })).toMatchObject({
    path: "/v1/chat/completions",
    streaming: true,
    leftOut: [],
    body: {
      messages: [message("hi")],
      ...{ temperature: 0.5, top_p: 0.9, top_k: 20, max_tokens: 10, stop: ["END"] },
      ...{ seed: 7, presence_penalty: 0.1, frequency_penalty: 0.2 },
      stream: true,
      stream_options: { include_usage: true },
    },
  });
});

test("names in snake case and single things in place of lists are taken, as Google's own examples write them", () => {
  const body = bodyOf({
    system_instruction: { parts: { text: "be a cat" } },
    contents: { parts: [{ text: "hi" }, { inline_data: { mime_type: "image/png", data: "iVBORw0=" } }] },
    generation_config: { max_output_tokens: 5, response_mime_type: "application/json" },
    tools: { function_declarations: [{ name: "read_file", parameters: { type: "OBJECT", properties: { a_b: {} } } }] },
    tool_config: { function_calling_config: { mode: "NONE" } },
  });
  expect(body).toMatchObject({
    messages: [
      message("be a cat", "system"),
      message([
        { type: "text", text: "hi" },
        { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0=" } },
      ]),
    ],
    max_tokens: 5,
    response_format: { type: "json_object" },
    tools: [{ function: { name: "read_file", parameters: { type: "object", properties: { a_b: {} } } } }],
    tool_choice: "none",
  });
});

test("calls and their results go over; without ids a result answers the oldest open call of its name", () => {
  const { messages } = bodyOf({
    contents: [
      says("look"),
      {
        role: "model",
        parts: [
          { text: "hm", thought: true, thoughtSignature: "c2ln" },
          { text: "I look." },
          { functionCall: { name: "read", args: { path: "a" } } },
          { functionCall: { name: "read", args: { path: "b" } } },
          { functionCall: { id: "mine", name: "stat" } },
        ],
      },
      {
        role: "user",
        parts: [
          { text: "and hurry" },
          { functionResponse: { id: "mine", name: "stat", response: { error: "gone" } } },
          { functionResponse: { name: "read", response: { output: "A" } } },
          { functionResponse: { name: "read", response: { lines: 3 } } },
        ],
      },
    ],
  });
  expect(messages).toEqual([
    message("look"),
    {
      role: "assistant",
      content: "I look.",
      reasoning: "hm",
      reasoning_content: "hm",
      tool_calls: [
        call("call_before_0", "read", '{"path":"a"}'),
        call("call_before_1", "read", '{"path":"b"}'),
        call("mine", "stat"),
      ],
    },
    { role: "tool", tool_call_id: "mine", content: "Error: gone" },
    { role: "tool", tool_call_id: "call_before_0", content: "A" },
    { role: "tool", tool_call_id: "call_before_1", content: '{"lines":3}' },
    message("and hurry"),
  ]);
});

test("a streamed turn that the client kept piece by piece is one message again", () => {
  const contents = [says("hi"), says("Hel", "model"), says("lo", "model"), says("so?")];
  expect(bodyOf({ contents }).messages).toEqual([message("hi"), message("Hello", "assistant"), message("so?")]);
});

test("sound and text files are taken, base64 for addresses too", () => {
  const parts = [
    { inlineData: { mimeType: "audio/mpeg", data: "_-8" } },
    { inlineData: { mimeType: "text/csv", data: Buffer.from("a;b").toString("base64") } },
  ];
  expect(bodyOf({ contents: [{ role: "user", parts }] }).messages).toEqual([
    message([
      { type: "input_audio", input_audio: { data: "/+8", format: "mp3" } },
      { type: "text", text: "a;b" },
    ]),
  ]);
});

const pdf = { inlineData: { mimeType: "application/pdf", data: "JVBERi0=" } };
const uploaded = { fileData: { fileUri: "https://generativelanguage.googleapis.com/v1beta/files/x" } };

test("files that no engine reads become a sentence, whoever brings them", () => {
  const asked = chatOf({ contents: [{ role: "user", parts: [pdf, uploaded] }, says("ok", "model"), says("so?")] });
  expect(asked.body.messages).toEqual([
    message("[a file (application/pdf) that cannot be read here]\n\n[a file that cannot be read here]"),
    message("ok", "assistant"),
    message("so?"),
  ]);
  expect(asked.replaced).toEqual(["inlineData", "fileData"]);
});

test("pictures that functions gave follow their results, which stay together", () => {
  const image = { inlineData: { mimeType: "image/png", data: "iVBORw0=" } };
  const asked = chatOf({
    contents: [
      says("look"),
      { role: "model", parts: [{ functionCall: { name: "a" } }, { functionCall: { name: "b" } }] },
      {
        role: "user",
        parts: [
          { functionResponse: { name: "a", response: { output: "A" }, parts: [image, { text: "seen" }] } },
          { functionResponse: { name: "b", response: { output: "B" } } },
        ],
      },
    ],
  });
  expect(asked.body.messages).toMatchObject([
    { role: "user" },
    { role: "assistant" },
    { role: "tool", content: "A" },
    { role: "tool", content: "B" },
    { role: "user", content: [{ text: "Files of the result of a:" }, { type: "image_url" }, { text: "seen" }] },
  ]);
  expect(asked.replaced).toEqual([]);
});

test("parts of kinds that nobody knows yet become a sentence, whoever says them and whenever", () => {
  const asked = chatOf({
    contents: [
      { role: "user", parts: [{ hologram: {} }] },
      {
        role: "model",
        parts: [
          { executableCode: { language: "PYTHON", code: "1+1" } },
          { codeExecutionResult: { outcome: "OUTCOME_OK", output: "2" } },
          { toolCall: { id: "s" } },
        ],
      },
      { role: "function", parts: [{ functionResponse: { name: "lost", response: { output: "x" } } }] },
      { parts: [{ thoughtSignature: "c2ln", hologram: {} }] },
    ],
  });
  const unread = (kind: string) => `[a part of kind "${kind}" that cannot be read here]`;
  expect(asked.body.messages).toEqual([
    message(unread("hologram")),
    message(`\`\`\`python\n1+1\n\`\`\`\`\`\`\n2\n\`\`\`${unread("toolCall")}`, "assistant"),
    message(`[result of lost]\nx\n\n${unread("hologram")}`),
  ]);
  expect(asked.replaced).toEqual(["hologram", "toolCall", "hologram"]);
});

const tools = [
  { functionDeclarations: [{ name: "read" }, { name: "write", parametersJsonSchema: { type: "object" } }] },
];

test.each([
  [{ mode: "AUTO" }, "auto", ["read", "write"]],
  [{ mode: "ANY" }, "required", ["read", "write"]],
  [{ mode: "ANY", allowedFunctionNames: ["write"] }, { type: "function", function: { name: "write" } }, ["write"]],
  [{ mode: "ANY", allowedFunctionNames: ["read", "write"] }, "required", ["read", "write"]],
  [{ mode: "VALIDATED", allowedFunctionNames: ["read"] }, "auto", ["read"]],
  [{ mode: "NONE" }, "none", ["read", "write"]],
])("the choice %j", (functionCallingConfig, choice, names) => {
  const body = bodyOf({ tools, toolConfig: { functionCallingConfig } });
  expect(body.tool_choice).toEqual(choice);
  expect((body.tools as { function: { name: string } }[]).map((tool) => tool.function.name)).toEqual(names);
});

test.each([
  [{}, {}],
  [{ thinkingBudget: -1 }, {}],
  [{ thinkingBudget: 0 }, { thinking: { type: "disabled" } }],
  [{ thinkingBudget: 1024 }, { reasoning_effort: "low" }],
  [{ thinkingBudget: 24_576 }, { reasoning_effort: "high" }],
  [{ thinkingLevel: "MINIMAL" }, { reasoning_effort: "low" }],
  [{ thinkingLevel: "HIGH" }, { reasoning_effort: "high" }],
])("%j as reasoning", (thinkingConfig, expected) => {
  expect(bodyOf({ generationConfig: { thinkingConfig } })).toEqual({ messages: [message("hi")], ...expected });
});

test("answers are held to a schema, whichever of the two ways says it", () => {
  const format = (schema: object) => ({
    response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
  });
  const config = (fields: object) => ({ generationConfig: { responseMimeType: "application/json", ...fields } });
  expect(bodyOf(config({ responseSchema: { type: "ARRAY", items: { type: "STRING" } } }))).toMatchObject(
    format({ type: "array", items: { type: "string" } }),
  );
  expect(bodyOf(config({ responseJsonSchema: { type: "array" } }))).toMatchObject(format({ type: "array" }));
});

test("a search of Google's is left out where it is the only tool, and refused where it is demanded", () => {
  const asked = { tools: [{ googleSearch: {} }] };
  expect([chatOf(asked).leftOut, chatOf(asked).body.tools]).toEqual([["googleSearch"], undefined]);
  const toolConfig = { functionCallingConfig: { mode: "ANY" } };
  expect(() => chatOf({ ...asked, toolConfig })).toThrow(/googleSearch run on Google's servers only/);
});

test("several candidates are several choices", () => {
  const asked = chatOf({ generationConfig: { candidateCount: 3 } });
  expect([asked.body.n, asked.leftOut]).toEqual([3, []]);
  expect(chatOf({ generationConfig: { candidateCount: 1 } }).body.n).toBeUndefined();
  const { push, end } = asked.answer({ id: "r", model: "m" }, { now: () => 0, receivedAt: 0, askedAt: 0 });
  const choices = ["one", "two", "three"].map((content, index) => ({
    index,
    message: { content },
    finish_reason: "stop",
  }));
  push(Buffer.from(JSON.stringify({ choices, usage: { prompt_tokens: 2, completion_tokens: 3 } })));
  const { candidates, usageMetadata } = JSON.parse(String(end()));
  expect(candidates).toEqual(
    ["one", "two", "three"].map((text, index) => ({
      ...{ content: { parts: [{ text }], role: "model" }, finishReason: "STOP", index },
    })),
  );
  expect(usageMetadata.totalTokenCount).toBe(5);
});

test("what nobody can do here is named", () => {
  const asked = chatOf({
    tools: [...tools, { googleSearch: {} }],
    cachedContent: "cachedContents/1",
    generationConfig: { candidateCount: 2, responseLogprobs: true, responseModalities: ["IMAGE"], speechConfig: {} },
  });
  expect(asked.leftOut).toEqual([
    "googleSearch",
    "responseLogprobs",
    "responseModalities",
    "speechConfig",
    "cachedContent",
  ]);
  expect(asked.body.tools).toHaveLength(2);
});

test.each([
  [{ contents: [] }, "contents: expected at least one content"],
  [{ contents: 7 }, "contents: expected a list of contents"],
  [{ contents: [{ parts: [{ functionCall: 7 }] }] }, "contents[0].parts[0].functionCall"],
  [{ generationConfig: { maxOutputTokens: -1 } }, "generationConfig.maxOutputTokens"],
  [{ tools, toolConfig: { functionCallingConfig: { allowedFunctionNames: ["fly"] } } }, 'is called "fly"'],
])("%j is refused with the field's name", (fields, words) => {
  expect(() => bodyOf(fields)).toThrow(words);
});
