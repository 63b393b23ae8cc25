import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { type Answer, hashedKey } from "../support/hearth-client.ts";

const echo = { fake: { echo: true } };
const tools = [{ type: "function", function: { name: "read", parameters: { type: "object" } } }];
const hello = [{ role: "user", content: "hello" }];

/** What the engine was sent, as it says itself. */
const received = ({ json }: Answer): Record<string, unknown> => {
  const { fake: _, ...body } = JSON.parse(Buffer.from(json.base64, "base64").toString("utf8"));
  return body;
};

describe.concurrent("corrections for the model", () => {
  test("a model's fixups reach the engine from hearth.yaml, and can be turned off", async ({ start }) => {
    const hearth = await start({
      models: [
        { id: "strict", fixups: ["flatten-text", "alternate-roles", "strip-tools", "thinking-switch", "thinking-off"] },
        { id: "plain" },
      ],
      config: { keys: [hashedKey("raw-key", { name: "raw", fixups: "off" })] },
    });
    const ask = {
      ...echo,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: [{ type: "text", text: "Hello" }] },
        { role: "user", content: "What is the sea?" },
      ],
      tools,
      x_unknown: { kept: [1, 2] },
    };
    const corrected = await hearth.chat("strict", ask);
    expect(received(corrected)).toEqual({
      model: "strict",
      messages: [{ role: "user", content: "Be brief.\n\nHello\n\nWhat is the sea?" }],
      x_unknown: { kept: [1, 2] },
      chat_template_kwargs: { enable_thinking: false, thinking: false },
    });
    expect(corrected.headers["x-hearth-fixups"]).toBe("strip-tools, flatten-text, alternate-roles, thinking-off");
    const asked = await hearth.chat("strict", { ...echo, messages: hello, reasoning_effort: "high" });
    expect(received(asked).chat_template_kwargs).toEqual({ enable_thinking: true, thinking: true });
    const off = await hearth.chat("strict", ask, { headers: { "x-hearth-fixups": "none" } });
    const byKey = await hearth.chat("strict", ask, { key: "raw-key" });
    const other = await hearth.chat("plain", ask);
    for (const answer of [off, byKey, other]) {
      expect(received(answer)).toMatchObject({ messages: ask.messages, tools });
      expect(answer.headers["x-hearth-fixups"]).toBeUndefined();
    }
    const { text } = await hearth.get("/metrics");
    expect(text).toContain('hearth_fixups_total{model="strict",fixup="strip-tools"} 1');
  });

  test("a limit of the answer that the window has no room for never fails a request", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", context: 400, engine: ["--context", "400"] }] });
    const capped = await hearth.chat("a", { max_tokens: 32_000, ...echo });
    expect([capped.status, received(capped).max_tokens]).toEqual([200, undefined]);
    expect(capped.headers["x-hearth-fixups"]).toBe("cap-max-tokens");
    const negative = await hearth.chat("a", { max_tokens: -1, ...echo });
    expect([received(negative).max_tokens, negative.headers["x-hearth-fixups"]]).toEqual([
      undefined,
      "drop-max-tokens",
    ]);
    const claude = await hearth.post("/v1/messages", { model: "a", max_tokens: 32_000, messages: hello });
    expect([claude.status, claude.json.type]).toEqual([200, "message"]);
  });

  test("a prompt near the window of a loaded model is counted by its engine", async ({ start }) => {
    const hearth = await start({
      models: [
        { id: "a", context: 400, engine: ["--context", "400"] },
        { id: "wide", context: 4000 },
      ],
    });
    expect((await hearth.chat("a")).status).toBe(200);
    const messages = [{ role: "user", content: "x".repeat(900) }];
    const { status, json } = await hearth.chat("a", { messages });
    expect([status, json.error.code, json.error.models]).toEqual([400, "context_length_exceeded", ["wide"]]);
    expect(json.error.prompt_tokens).toBeGreaterThanOrEqual(900);
    expect(hearth.stats("wide")).toEqual([]);
  });

  test("an agent's long prompt goes to a larger model where the configuration says so", async ({ start }) => {
    const hearth = await start({
      config: { policy: { fallback: "larger" } },
      models: [
        { id: "small", context: 1000 },
        { id: "wide", context: 100_000, engine: ["--context", "100000"] },
      ],
    });
    const { status, headers } = await hearth.chat("small", {
      messages: [{ role: "user", content: "word ".repeat(3000) }],
    });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "x-hearth-model": "wide", "x-hearth-fallback": "instead-of=small" });
    expect(hearth.stats("small")).toEqual([]);
  });

  test("an image goes to a model that sees byte for byte, and is refused for one that does not before anything starts", async ({
    start,
  }) => {
    const hearth = await start({
      config: { limits: { image: "4KiB" } },
      models: [
        { id: "blind" },
        { id: "eyes", capabilities: ["chat", "vision"], fixups: ["flatten-text", "strip-tools"] },
      ],
    });
    const image = (bytes: number) => ({
      type: "image_url",
      image_url: { url: `data:image/png;base64,${Buffer.alloc(bytes, 251).toString("base64")}` },
    });
    const ask = (bytes: number) => [{ role: "user", content: [{ type: "text", text: "What is this?" }, image(bytes)] }];
    const refused = await hearth.chat("blind", { messages: ask(3000) });
    expect([refused.status, refused.json.error.code, refused.json.error.models]).toEqual([
      400,
      "invalid_request",
      ["eyes"],
    ]);
    const large = await hearth.chat("eyes", { messages: ask(5000) });
    expect(large.json.error).toMatchObject({ image_bytes: 5000, image_bytes_limit: 4096 });
    expect([...hearth.stats("blind"), ...hearth.stats("eyes")]).toEqual([]);
    const seen = await hearth.chat("eyes", { messages: ask(3000), tools, ...echo });
    expect(received(seen)).toEqual({ model: "eyes", messages: ask(3000) });
  });

  test("arguments that the model encoded twice reach the client decoded, in a stream too", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", fixups: ["decode-arguments"] }] });
    const calls = [{ name: "read", arguments: JSON.stringify(JSON.stringify({ path: "a.txt" })) }];
    const fake = { tokens: 0, calls };
    const { json } = await hearth.chat("a", { tools, fake });
    expect(json.choices[0].message.tool_calls[0].function.arguments).toBe('{"path":"a.txt"}');
    const stream = await hearth.stream("a", { tools, fake });
    expect(await stream.ended).toBe("whole");
    const pieces = [...stream.text.matchAll(/^data: (\{.*\})$/gm)].flatMap(
      ([, data]) => JSON.parse(data!).choices[0]?.delta?.tool_calls ?? [],
    );
    expect(pieces.map((call) => call.function.arguments).join("")).toBe('{"path":"a.txt"}');
  });

  test("a virtual model is whichever of its models suits the request, the loaded one first", async ({ start }) => {
    const hearth = await start({
      config: {
        memory: { budget: "4GiB", floor: "64MiB" },
        virtual: [
          { name: "fast", models: ["first", "second", "eyes"] },
          { name: "vision", needs: ["vision"] },
        ],
      },
      models: [{ id: "first" }, { id: "second" }, { id: "eyes", capabilities: ["chat", "vision"] }],
    });
    const model = async (name: string, fields = {}) => (await hearth.chat(name, fields)).headers["x-hearth-model"];
    expect(await model("second")).toBe("second");
    expect(await model("fast")).toBe("second");
    expect(await model("vision")).toBe("eyes");
    const content = [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }];
    expect(await model("fast", { messages: [{ role: "user", content }] })).toBe("eyes");
    const { json } = await hearth.get("/v1/models");
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual(["first", "second", "eyes", "fast", "vision"]);
  });
});
