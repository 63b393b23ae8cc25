import { expect, test } from "vitest";
import { batchEmbedContents, embedContent } from "./embed.ts";

const about = { id: "r", model: "m" };
const clock = { now: () => 0, receivedAt: 0, askedAt: 0 };
const content = (...texts: string[]) => ({ parts: texts.map((text) => ({ text })) });

test("one content is one vector", () => {
  const asked = embedContent({ content: content("a", "b"), outputDimensionality: 4, taskType: "RETRIEVAL_QUERY" });
  expect(asked).toMatchObject({ body: { input: ["a\nb"], dimensions: 4 }, leftOut: ["taskType"], streaming: false });
  const { push, end } = asked.answer(about, clock);
  push(Buffer.from('{"data":[{"embedding":[1,2]}]}'));
  expect(JSON.parse(String(end()))).toEqual({ embedding: { values: [1, 2] } });
});

test("several are as many, in their order", () => {
  const asked = batchEmbedContents({ requests: [{ content: content("a") }, { content: content("b") }] });
  expect(asked.body).toEqual({ input: ["a", "b"] });
  const { push, end } = asked.answer(about, clock);
  push(Buffer.from('{"data":[{"embedding":[1]},{"embedding":[2]}]}'));
  expect(JSON.parse(String(end()))).toEqual({ embeddings: [{ values: [1] }, { values: [2] }] });
});
