import { request } from "undici";
import { beforeEach, expect, test } from "vitest";
import type { HearthServer } from "../support/hearth-server.ts";
import { processesOfSession } from "./engine-processes.ts";
import { useHearth } from "./use-hearth.ts";
import { contextTokens, testMilliseconds, vllmModel } from "./vllm-model.ts";
import { withVllm } from "./with-vllm.ts";

const question = { messages: [{ role: "user", content: "What is the capital of France?" }], temperature: 0 };
/** Goes on until somebody stops it. */
const endless = { max_tokens: 1800, ignore_eos: true };
const weather = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city",
    // Without it vLLM holds a forced call to JSON, and not to the schema.
    strict: true,
    parameters: {
      type: "object",
      properties: { city: { type: "string", enum: ["Paris", "Rome"] } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};

withVllm("real vLLM behind Hearth", (weights) => {
  const running = useHearth([vllmModel("org/smollm2", weights, { aliases: ["smol"] })]);
  let hearth: HearthServer;
  beforeEach(() => {
    hearth = running.server;
  });
  const engineMetrics = async () => {
    const { origin } = (await hearth.model("org/smollm2")).process;
    const { body } = await request(`${origin}/metrics`);
    return body.text();
  };

  test("the first request starts it and gets a true answer", { timeout: testMilliseconds }, async () => {
    expect((await hearth.model("org/smollm2")).state).toBe("absent");
    const { status, json, headers } = await hearth.chat("smol", question);
    expect(status).toBe(200);
    expect(json.choices[0].message.content).toContain("Paris");
    expect(json.model).toBe("org/smollm2");
    expect(json.usage.total_tokens).toBe(json.usage.prompt_tokens + json.usage.completion_tokens);
    await running.leaderOf("org/smollm2");
    console.log(`vllm: ready after ${(Number(headers["x-hearth-wait-ms"]) / 1000).toFixed(1)} s`);
  });

  test("a stream comes word by word, with its usage at the end", async () => {
    const stream = await hearth.stream("smol", { ...question, stream_options: { include_usage: true } });
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    expect(stream.words).toContain("Paris");
    const chunks = stream.events.filter(({ data }) => data !== "[DONE]").map(({ data }) => JSON.parse(data));
    const { usage } = chunks.at(-1);
    expect(usage.completion_tokens).toBeGreaterThan(3);
    expect(chunks.length).toBeGreaterThanOrEqual(usage.completion_tokens);
  });

  test("completions, tokenize and detokenize", async () => {
    const completion = await hearth.post("/v1/completions", {
      model: "smol",
      prompt: "One, two, three,",
      max_tokens: 5,
    });
    expect(completion.json.choices[0].text).not.toBe("");
    const { json: tokens } = await hearth.post("/tokenize", { model: "smol", prompt: "The sea is wide." });
    expect(tokens.tokens).toHaveLength(tokens.count);
    expect(tokens.max_model_len).toBe(contextTokens);
    const { json: text } = await hearth.post("/detokenize", { model: "smol", tokens: tokens.tokens });
    expect(text.prompt).toBe("The sea is wide.");
  });

  test("a tool that must be called is called with arguments that its schema allows", async () => {
    const tools = { tools: [weather], tool_choice: { type: "function", function: { name: "get_weather" } } };
    const { status, json } = await hearth.chat("smol", { ...question, ...tools });
    expect(status).toBe(200);
    const [call] = json.choices[0].message.tool_calls;
    expect(call.function.name).toBe("get_weather");
    expect(["Paris", "Rome"]).toContain(JSON.parse(call.function.arguments).city);
  });

  test("tools that may be called are taken, whatever so small a model makes of them", async () => {
    const { status, json } = await hearth.chat("smol", { ...question, tools: [weather], max_tokens: 60 });
    expect(status).toBe(200);
    expect(["stop", "length", "tool_calls"]).toContain(json.choices[0].finish_reason);
  });

  test("an answer in JSON follows its schema", async () => {
    const { parameters: schema } = weather.function;
    const format = { type: "json_schema", json_schema: { name: "place", schema } };
    const { json } = await hearth.chat("smol", { ...question, response_format: format });
    expect(["Paris", "Rome"]).toContain(JSON.parse(json.choices[0].message.content).city);
  });

  test.each([
    ["Anthropic's", "/v1/messages", { max_tokens: 40 }, (json: Json) => json.content[0].text],
    [
      "OpenAI's Responses",
      "/v1/responses",
      { input: question.messages },
      (json: Json) => json.output.at(-1).content[0].text,
    ],
    ["Ollama's", "/api/chat", { stream: false, options: { temperature: 0 } }, (json: Json) => json.message.content],
  ])("%s API", async (_, path, fields, wordsOf) => {
    const { messages } = question;
    const asked = path === "/v1/responses" ? {} : { messages };
    const { status, text, json } = await hearth.post(path, { model: "smol", temperature: 0, ...asked, ...fields });
    expect(status, text).toBe(200);
    expect(wordsOf(json)).toContain("Paris");
  });

  test("Anthropic's count of tokens is the engine's own", async () => {
    const { messages } = question;
    const { json, headers } = await hearth.post("/v1/messages/count_tokens", { model: "smol", messages });
    const chat = await hearth.chat("smol", { ...question, max_tokens: 1 });
    expect(headers["x-hearth-token-count"]).toBe("exact");
    expect(json.input_tokens).toBe(chat.json.usage.prompt_tokens);
  });

  test("a prompt that is too long is refused, by Hearth where words tell and else by vLLM", async () => {
    const chat = (content: string) => hearth.chat("smol", { messages: [{ role: "user", content }] });
    const words = await chat("sea ".repeat(contextTokens + 1));
    expect([words.status, words.json.error.code]).toEqual([400, "context_length_exceeded"]);
    const oneWord = await chat("x1y2".repeat(contextTokens));
    expect(oneWord.status).toBe(400);
    expect(oneWord.json.error.message).toContain(String(contextTokens));
    expect((await hearth.model("org/smollm2")).state).toBe("ready");
  });

  test("who goes away frees the engine", async () => {
    const stream = await hearth.stream("smol", { ...question, ...endless });
    await stream.until("some words", ({ words }) => words.length > 20, 60);
    expect(await engineMetrics()).toMatch(/^vllm:num_requests_running\{.*\} 1\.0$/m);
    stream.abort();
    await hearth.until("vLLM to be free", async () =>
      /^vllm:num_requests_running\{.*\} 0\.0$/m.test(await engineMetrics()),
    );
    await hearth.until("Hearth to know", async () => (await hearth.model("org/smollm2")).running === 0);
  });

  test("four clients at once are answered by one engine", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => hearth.chat("smol", question)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await hearth.get("/metrics")).text).toMatch(/^hearth_load_seconds_count\{model="org\/smollm2"\} 1$/m);
  });

  test("vLLM's own metrics count what it answered, and it wants the key that Hearth gave it", async () => {
    expect(await engineMetrics()).toMatch(/^vllm:generation_tokens_total\{.*model_name="org\/smollm2".*\} [1-9]/m);
    const { origin } = (await hearth.model("org/smollm2")).process;
    const { statusCode, body } = await request(`${origin}/v1/models`);
    await body.dump();
    expect(statusCode).toBe(401);
  });

  test("the log is vLLM's, without what was asked", async () => {
    const { text } = await hearth.get("/hearth/v1/models/org%2Fsmollm2/logs?lines=10000");
    expect(text).toContain("Application startup complete");
    expect(text).not.toContain("capital of France");
  });

  test("memory is that of all its processes", async () => {
    expect(processesOfSession(await running.leaderOf("org/smollm2")).length).toBeGreaterThan(1);
    const { json } = await hearth.get("/debug/gpu-stats/org%2Fsmollm2");
    console.log(`vllm: ${json.residentGiB.toFixed(2)} GiB resident, ${json.peakResidentGiB.toFixed(2)} at most`);
    // Weights of 0.25 GiB, a cache of 1 GiB, and PyTorch in each of three processes.
    expect(json.residentGiB).toBeGreaterThan(1.25);
    expect(json.residentGiB).toBeLessThan(6);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: answers of three dialects
type Json = any;
