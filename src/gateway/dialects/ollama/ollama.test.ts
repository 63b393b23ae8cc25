import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { chat } from "./chat.ts";
import { embed, embeddings } from "./embed.ts";
import { generate } from "./generate.ts";
import { residenceOf } from "./keep-alive.ts";

const hi = { role: "user", content: "hi" };
const about = { id: "r", model: "m" };

/** A clock that goes on by a second with every look. */
const ticking = () => {
  let now = 12_000;
  return { now: () => (now += 1000), receivedAt: 10_000, askedAt: 12_000 };
};

test("options keep their meaning under OpenAI's names, and those of Ollama's own runner are let go", () => {
  const options = {
    num_ctx: 4096,
    num_predict: 50,
    temperature: 0.2,
    top_k: 5,
    seed: 1,
    stop: ["x"],
    repeat_penalty: 1.1,
  };
  expect(chat({ model: "m", messages: [hi], options, stream: false }).body).toEqual({
    model: "m",
    messages: [hi],
    max_tokens: 50,
    temperature: 0.2,
    top_k: 5,
    seed: 1,
    stop: ["x"],
    repetition_penalty: 1.1,
  });
  expect(chat({ messages: [hi], options: { num_predict: -1 } }).body).not.toHaveProperty("max_tokens");
});

test.each([
  ["json", { response_format: { type: "json_object" } }],
  [
    { type: "object" },
    { response_format: { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" } } } },
  ],
  ["", {}],
])("format %j", (format, expected) => {
  expect(chat({ messages: [hi], format }).body).toMatchObject(expected);
});

test("images, which come as bare base64, say what they are", () => {
  const { body } = chat({ messages: [{ ...hi, images: ["iVBORw0KGgo=", "/9j/4AAQ"] }] });
  expect(body.messages).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "hi" },
        { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
        { type: "image_url", image_url: { url: "data:image/jpeg;base64,/9j/4AAQ" } },
      ],
    },
  ]);
});

test("results find their calls by name, or in order, though neither has an id", () => {
  const call = (name: string) => ({ function: { name, arguments: { a: 1 } } });
  const { body } = chat({
    messages: [
      { role: "assistant", content: "", tool_calls: [call("f"), call("g"), call("f")] },
      { role: "tool", content: "of g", tool_name: "g" },
      { role: "tool", content: "of the first f" },
      { role: "tool", content: "of the second f" },
    ],
  });
  const [asked, ...results] = body.messages as { tool_calls: { id: string }[]; tool_call_id: string }[];
  const [first, second, third] = asked!.tool_calls.map(({ id }) => id);
  expect(results.map(({ tool_call_id }) => tool_call_id)).toEqual([second, first, third]);
});

test("a stream becomes lines of JSON: words at once, calls whole, durations in nanoseconds", () => {
  const { push, end } = chat({ messages: [hi] }).answer(about, ticking());
  const engine = engineStream([
    said.reasoning("hm"),
    said.text("yes"),
    said.call(0, "f", '{"a":', "1}"),
    said.finish("tool_calls"),
  ]);
  const text = engine.map((chunk) => push(Buffer.from(chunk))).join("") + end();
  const lines = text
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one));
  expect(lines.map(({ message, done }) => [message, done])).toEqual([
    [{ role: "assistant", content: "", thinking: "hm" }, false],
    [{ role: "assistant", content: "yes" }, false],
    [
      {
        role: "assistant",
        content: "",
        tool_calls: [{ id: "call_0", function: { index: 0, name: "f", arguments: { a: 1 } } }],
      },
      false,
    ],
    [{ role: "assistant", content: "" }, true],
  ]);
  expect(lines.at(-1)).toMatchObject({
    done_reason: "stop",
    load_duration: 2_000_000_000,
    prompt_eval_count: 7,
    eval_count: 3,
    prompt_eval_duration: 1_000_000_000,
  });
});

test("a plain prompt goes through the chat template, or past it where the client says so", () => {
  const prompt = { prompt: "hi", system: "be kind" };
  expect(generate(prompt)).toMatchObject({
    path: "/v1/chat/completions",
    body: { messages: [{ role: "system", content: "be kind" }, hi] },
  });
  expect(generate({ prompt: "hi", raw: true })).toMatchObject({ path: "/v1/completions", body: { prompt: "hi" } });
  const whole = generate({ prompt: "hi", raw: true, stream: false }).answer(about, ticking());
  whole.push(Buffer.from('{"choices":[{"text":"yes","finish_reason":"length"}]}'));
  expect(JSON.parse(String(whole.end()))).toMatchObject({ response: "yes", done: true, done_reason: "length" });
});

test("embeddings come in order, and a text too long for the model is cut unless the client forbids it", () => {
  const { body, answer } = embed({ input: ["a", "b"] });
  expect(body).toEqual({ input: ["a", "b"], truncate_prompt_tokens: -1 });
  expect(embed({ input: "a", truncate: false }).body).toEqual({ input: "a" });
  const whole = answer(about, ticking());
  whole.push(Buffer.from('{"data":[{"embedding":[1]},{"embedding":[2]}],"usage":{"prompt_tokens":2}}'));
  expect(JSON.parse(String(whole.end()))).toMatchObject({ model: "m", embeddings: [[1], [2]], prompt_eval_count: 2 });
});

test.each([
  [0, "stop"],
  ["0", "stop"],
  ["0s", "stop"],
  [-1, "pin"],
  ["-1m", "pin"],
  [300, "unpin"],
  ["1h30m", "unpin"],
  [undefined, null],
])("keep_alive %j: %s", (keepAlive, expected) => {
  expect(residenceOf(keepAlive)).toBe(expected);
});

test("a keep_alive that is no duration is refused", () => {
  expect(() => residenceOf("soon")).toThrow('keep_alive: expected seconds or a duration such as "5m", not "soon"');
});

test("a request without a prompt loads the model, or lets it go", () => {
  for (const [fields, reason] of [
    [{}, "load"],
    [{ keep_alive: 0 }, "unload"],
  ] as const) {
    const { path, answer } = generate({ model: "m", ...fields });
    expect(path).toBeNull();
    expect(JSON.parse(String(answer(about, ticking()).end()))).toMatchObject({
      response: "",
      done: true,
      done_reason: reason,
    });
  }
});

test.each([
  ["max", { reasoning_effort: "high" }],
  ["low", { reasoning_effort: "low" }],
  ["minimal", { reasoning_effort: "low" }],
  [true, { thinking: { type: "enabled" } }],
  ["true", { thinking: { type: "enabled" } }],
  ["whatever comes next year", { thinking: { type: "enabled" } }],
  [false, { thinking: { type: "disabled" } }],
  ["none", { thinking: { type: "disabled" } }],
  ["", {}],
  [null, {}],
])("think: %j", (think, expected) => {
  const { messages: _, ...body } = chat({ messages: [hi], think, stream: false }).body;
  expect(body).toEqual(expected);
});

test("a call's arguments may come as an object or as its text", () => {
  for (const given of [{ city: "Rome" }, '{"city":"Rome"}']) {
    const messages = [{ role: "assistant", tool_calls: [{ function: { name: "f", arguments: given } }] }];
    const [message] = chat({ messages }).body.messages as { tool_calls: { function: { arguments: string } }[] }[];
    expect(message!.tool_calls[0]!.function.arguments).toBe('{"city":"Rome"}');
  }
});

test("whole numbers may come with a fraction, and seeds may be large", () => {
  const options = { num_predict: 50.5, top_k: 40.9, seed: 2 ** 60 };
  expect(chat({ messages: [hi], options }).body).toMatchObject({ max_tokens: 50, top_k: 40, seed: 2 ** 60 });
});

test("nothing to embed gives no vectors, and asks no engine", () => {
  const answers = [embed({ model: "m", input: [], options: { num_ctx: 512 } }), embeddings({ model: "m", prompt: "" })];
  expect(answers.map(({ path, answer }) => [path, JSON.parse(String(answer(about, ticking()).end()))])).toEqual([
    [null, { model: "m", embeddings: [] }],
    [null, { embedding: [] }],
  ]);
});

test("how likely each token was comes with its words, streamed or whole", () => {
  const logprobs = [{ token: "yes", logprob: -0.1, bytes: [121], top_logprobs: [{ token: "no", logprob: -2 }] }];
  const request = { messages: [hi], logprobs: true, top_logprobs: 1 };
  expect(chat({ ...request, stream: false }).body).toMatchObject({ logprobs: true, top_logprobs: 1 });
  const choice = { index: 0, logprobs: { content: logprobs } };
  const told = chat({ ...request, stream: false }).answer(about, ticking());
  told.push(
    Buffer.from(JSON.stringify({ choices: [{ ...choice, message: { content: "yes" }, finish_reason: "stop" }] })),
  );
  expect(JSON.parse(String(told.end()))).toMatchObject({ message: { content: "yes" }, logprobs, done: true });
  const stream = chat(request).answer(about, ticking());
  const line = stream.push(
    Buffer.from(`data: ${JSON.stringify({ choices: [{ ...choice, delta: { content: "yes" } }] })}\n\n`),
  );
  expect(JSON.parse(String(line))).toMatchObject({ message: { content: "yes" }, logprobs, done: false });
});
