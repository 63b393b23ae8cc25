/** The form of an answer, by a model that would rather say something else. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatBody, type EngineProcess, startEngine } from "../../../test/support/engine/engine-process.ts";

let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine({ variant: "random" });
});

afterAll(() => engine.stop());

const said = (body: { choices: { message: { content: string } }[] }) => body.choices[0]!.message.content;
const schema = {
  type: "object",
  properties: { score: { type: "integer", minimum: 10, maximum: 12 }, tags: { type: "array", maxItems: 0 } },
  required: ["score", "tags"],
};

test.each([
  ["json_schema", { type: "json_schema", json_schema: { name: "s", schema } }],
  ["json_object with a schema, as llama.cpp has it", { type: "json_object", schema }],
])("%s", async (_, response_format) => {
  const { status, body } = await engine.chat({ response_format, max_tokens: 400 });
  expect(status).toBe(200);
  const { score, tags } = JSON.parse(said(body));
  expect([10, 11, 12]).toContain(score);
  expect(tags).toEqual([]);
});

test("a grammar of the client's own, for chats and for texts", async () => {
  const grammar = 'root ::= "yes" | "no"';
  expect(said((await engine.chat({ grammar, max_tokens: 20 })).body)).toMatch(/^(yes|no)$/);
  const { body } = await engine.post("/v1/completions", { prompt: ["a", "b"], grammar, max_tokens: 20 });
  for (const { text } of body.choices) expect(text).toMatch(/^(yes|no)$/);
});

test("what of a schema is not enforced is named in a header", async () => {
  const ask = async (items: object) => {
    const response_format = {
      type: "json_schema",
      json_schema: { name: "s", schema: { type: "array", maxItems: 1, items } },
    };
    const body = JSON.stringify(chatBody({ response_format, max_tokens: 300 }));
    const answer = await engine.fetch("/v1/chat/completions", { method: "POST", body });
    await answer.text();
    return answer.headers.get("x-schema-not-enforced");
  };
  expect(await ask({ type: "integer", multipleOf: 7, not: { const: 14 } })).toBe("not, multipleOf");
  expect(await ask({ type: "integer", minimum: 1, maximum: 9 })).toBeNull();
});
