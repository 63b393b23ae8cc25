import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type EngineProcess, startEngine } from "../../../test/support/engine/engine-process.ts";
import { fixedAnswer } from "../../../test/support/tiny-gguf.ts";

let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine({ flags: ["--embeddings"] });
});

afterAll(() => engine.stop());

type Chunk = {
  choices: { delta: Record<string, unknown>; text: string; finish_reason: string | null; index: number }[];
  usage?: object | null;
};
const chunksOf = (events: unknown[]) => events.filter((event) => typeof event !== "string") as Chunk[];

describe("POST /v1/chat/completions", () => {
  it("answers with a message, how it ended and what it took", async () => {
    const { status, body } = await engine.chat();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: "chat.completion",
      model: "tiny",
      choices: [{ index: 0, message: { role: "assistant", content: fixedAnswer }, finish_reason: "stop" }],
    });
    const { prompt_tokens: prompt, completion_tokens: answer, total_tokens: total } = body.usage;
    const counted = await engine.post("/tokenize", { messages: [{ role: "user", content: "hello" }] });
    expect(prompt).toBe(counted.body.count);
    const tools = [
      { type: "function", function: { name: "read", description: "reads", parameters: { type: "object" } } },
    ];
    const withTools = await engine.post("/tokenize", { messages: [{ role: "user", content: "hello" }], tools });
    expect((await engine.chat({ tools, max_tokens: 1 })).body.usage.prompt_tokens).toBe(withTools.body.count);
    expect(total).toBe(prompt + answer);
  });

  it("streams the same text word by word, whole characters only, and usage when asked", async () => {
    const events = await engine.events("/v1/chat/completions", chatBody({ stream_options: { include_usage: true } }));
    expect(events.at(-1)).toBe("[DONE]");
    const chunks = chunksOf(events);
    expect(chunks[0]!.choices[0]!.delta).toEqual({ role: "assistant", content: "" });
    const texts = chunks.flatMap(({ choices }) => choices).map(({ delta }) => delta.content ?? "");
    expect(texts.join("")).toBe(fixedAnswer);
    expect(texts.length).toBeGreaterThan(8);
    expect(texts.join("|")).not.toContain("\ufffd");
    expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
    expect(chunks[1]!.usage).toBeNull();
  });

  it("ends at max_tokens and at a stop string, which is no part of the answer", async () => {
    expect((await engine.chat({ max_tokens: 2 })).body.choices[0]).toMatchObject({
      message: { content: "Hearth keeps" },
      finish_reason: "length",
    });
    expect((await engine.chat({ max_completion_tokens: 1, max_tokens: 5 })).body.usage.completion_tokens).toBe(1);
    expect((await engine.chat({ stop: ["you", "el wa"] })).body.choices[0]).toMatchObject({
      message: { content: "Hearth keeps one mod" },
      finish_reason: "stop",
      stop_reason: "el wa",
    });
  });

  it("knows every role, and text in parts", async () => {
    const call = { id: "c", type: "function", function: { name: "f", arguments: '{"a":1}' } };
    const messages = [
      { role: "developer", content: "be brief" },
      { role: "user", content: [{ type: "text", text: "hello" }] },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c", content: "2" },
    ];
    const { status, body } = await engine.chat({ messages });
    expect([status, body.choices?.[0].message.content]).toEqual([200, fixedAnswer]);
  });

  it("does not evaluate again what a conversation has in common with an earlier one", async () => {
    const first = [{ role: "user", content: "a long beginning that both of them have" }];
    await engine.chat({ messages: first });
    const next = [...first, { role: "assistant", content: fixedAnswer }, { role: "user", content: "and?" }];
    const { usage } = (await engine.chat({ messages: next })).body;
    expect(usage.prompt_tokens_details.cached_tokens).toBeGreaterThan(usage.prompt_tokens / 2);
  });

  it("follows logit_bias and the penalties", async () => {
    const { tokens } = (await engine.post("/tokenize", { prompt: " one" })).body;
    const biased = await engine.chat({ logit_bias: { [tokens[0]]: -100 }, max_tokens: 4 });
    expect(biased.body.choices[0].message.content).not.toContain(" one");
    const penalised = await engine.chat({ presence_penalty: 2, frequency_penalty: 2, repetition_penalty: 1.1 });
    expect(penalised.status).toBe(200);
  });
});

describe("POST /v1/completions", () => {
  it("continues a text, several at once, with an echo when asked", async () => {
    const { body } = await engine.post("/v1/completions", {
      prompt: ["Hearth keeps", " one"],
      max_tokens: 2,
      temperature: 0,
      echo: true,
    });
    expect(body.choices).toMatchObject([
      { index: 0, text: "Hearth keeps one model", finish_reason: "length" },
      { index: 1, text: " one model warm", finish_reason: "length" },
    ]);
    expect(body.usage).toMatchObject({ prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 });
  });

  it("takes tokens and streams", async () => {
    const { tokens } = (await engine.post("/tokenize", { prompt: "Hearth keeps" })).body;
    const events = await engine.events("/v1/completions", { prompt: tokens, max_tokens: 2, temperature: 0 });
    const choices = chunksOf(events).flatMap((chunk) => chunk.choices);
    expect(choices.map(({ text }) => text).join("")).toBe(" one model");
    expect(choices.at(-1)!.finish_reason).toBe("length");
    expect(events.at(-1)).toBe("[DONE]");
  });
});

describe("POST /v1/embeddings", () => {
  it("gives one vector of length 1 an input, as numbers or as base64", async () => {
    const input = ["Hearth keeps", "one model"];
    const { body } = await engine.post("/v1/embeddings", { model: "tiny", input });
    expect(body.data).toHaveLength(2);
    const [first, second] = body.data.map(({ embedding }: { embedding: number[] }) => embedding);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    expect(first).not.toEqual(second);
    const packed = await engine.post("/v1/embeddings", { input: input[0], encoding_format: "base64" });
    const bytes = Buffer.from(packed.body.data[0].embedding, "base64");
    expect(bytes.length).toBe(first.length * 4);
    expect(bytes.readFloatLE(0)).toBeCloseTo(first[0], 5);
    expect(packed.body.usage.prompt_tokens).toBe(2);
  });
});

describe("POST /tokenize and /detokenize", () => {
  it("are each other's reverse", async () => {
    const { body } = await engine.post("/tokenize", { prompt: "Hearth keeps 🔥", return_token_strs: true });
    expect(body).toMatchObject({ count: body.tokens.length, max_model_len: 512 });
    expect(body.token_strs.slice(0, 2)).toEqual(["Hearth", " keeps"]);
    expect((await engine.post("/detokenize", { tokens: body.tokens })).body).toEqual({ prompt: "Hearth keeps 🔥" });
  });
});

describe("GET /metrics and /v1/models", () => {
  it("count under vLLM's names", async () => {
    const before = await engine.metric("vllm:generation_tokens_total");
    const { usage } = (await engine.chat()).body;
    expect(await engine.metric("vllm:generation_tokens_total")).toBe(before + usage.completion_tokens);
    expect(await engine.metric("vllm:num_requests_running")).toBe(0);
    expect(await engine.metric("vllm:prompt_tokens_total")).toBeGreaterThan(0);
  });

  it("list the one model", async () => {
    expect((await engine.get("/v1/models/tiny")).body).toMatchObject({ id: "tiny", object: "model" });
    expect((await engine.get("/v1/models/other")).status).toBe(404);
  });
});
