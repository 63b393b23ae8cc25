import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type EngineProcess, startEngine } from "../../../test/support/engine/engine-process.ts";
import { fixedAnswer } from "../../../test/support/tiny-gguf.ts";

let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine({ flags: ["--context", "2048"] });
});

afterAll(() => engine.stop());

const weather = {
  name: "weather",
  description: "The weather of a city",
  parameters: {
    type: "object",
    properties: { city: { type: "string", maxLength: 20 }, days: { type: "integer" }, unit: { enum: ["c", "f"] } },
    required: ["city", "unit"],
  },
};
const time = { name: "time", parameters: { type: "object", properties: {}, additionalProperties: false } };
const tools = [weather, time].map((one) => ({ type: "function", function: one }));
const named = (name: string) => ({ type: "function", function: { name } });

describe("tools", () => {
  it.each([
    ["a named one", named("weather")],
    ["any", "required"],
  ])("are called when the choice is %s, with arguments that fit the schema", async (_, tool_choice) => {
    const { body } = await engine.chat({ tools: tools.slice(0, 1), tool_choice, parallel_tool_calls: false });
    const [{ message, finish_reason: reason }] = body.choices;
    expect(reason).toBe("tool_calls");
    expect(message.content).toBeNull();
    expect(message.tool_calls).toHaveLength(1);
    const [call] = message.tool_calls;
    expect(call).toMatchObject({
      id: expect.stringMatching(/^call_/),
      type: "function",
      function: { name: "weather" },
    });
    const given = JSON.parse(call.function.arguments);
    expect(given).toMatchObject({ city: expect.any(String), unit: expect.stringMatching(/^[cf]$/) });
    expect(given.city.length).toBeLessThanOrEqual(20);
  });

  it("stream a call in pieces: its name first, then its arguments as they are written", async () => {
    const events = await engine.events("/v1/chat/completions", chatBody({ tools, tool_choice: named("weather") }));
    // biome-ignore lint/suspicious/noExplicitAny: read freely
    const chunks = events.filter((event) => typeof event !== "string") as any[];
    const deltas = chunks.flatMap(({ choices }) => choices[0].delta.tool_calls ?? []);
    expect(deltas[0]).toMatchObject({ index: 0, type: "function", function: { name: "weather", arguments: "" } });
    expect(deltas.length).toBeGreaterThan(5);
    const text = deltas.map((delta) => delta.function.arguments).join("");
    expect(JSON.parse(text)).toHaveProperty("city");
    expect(chunks.at(-1).choices[0].finish_reason).toBe("tool_calls");
  });

  it("are the model's choice with auto, and out of the question with none", async () => {
    for (const tool_choice of ["auto", undefined, "none"]) {
      const { body } = await engine.chat({ tools, tool_choice });
      expect(body.choices[0].message).toEqual({ role: "assistant", content: fixedAnswer });
      expect(body.choices[0].finish_reason).toBe("stop");
    }
    const [open, none] = await Promise.all([engine.chat({ tools }), engine.chat({ tools, tool_choice: "none" })]);
    expect(open.body.usage.prompt_tokens).toBeGreaterThan(none.body.usage.prompt_tokens);
  });
});

describe("response_format", () => {
  const asJson = async (response_format: object) => {
    const { body } = await engine.chat({ response_format });
    expect(body.choices[0].finish_reason).toBe("stop");
    return JSON.parse(body.choices[0].message.content);
  };

  it("json_object gives an object", async () => {
    expect(await asJson({ type: "json_object" })).toEqual(expect.any(Object));
  });

  it("json_schema gives what the schema describes", async () => {
    const schema = {
      type: "object",
      properties: {
        born: { type: "string", format: "date" },
        tags: { type: "array", items: { enum: ["a", "b"] }, minItems: 2, maxItems: 2 },
        next: { $ref: "#/$defs/next" },
      },
      required: ["born", "tags", "next"],
      $defs: { next: { anyOf: [{ type: "null" }, { type: "object", properties: { v: { type: "number" } } }] } },
    };
    const value = await asJson({ type: "json_schema", json_schema: { name: "s", schema } });
    expect(value.born).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(value.tags).toHaveLength(2);
    expect(Object.keys(value)).toEqual(["born", "tags", "next"]);
  });
});
