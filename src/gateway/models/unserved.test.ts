/** Who asks for a model of the catalog that is not here is told why, and what would do, in every API. */
import { expect } from "vitest";
import { keyOf, planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import type { UnservedModel } from "../../domain/unserved.ts";

const big: UnservedModel = {
  ...{ id: "big-eyes", aliases: ["eyes"], capabilities: ["chat", "tools", "vision"] },
  reason: "it needs an NVIDIA GPU, and engines can have none on this machine",
};

const fewModels = () =>
  new TestLink(
    { id: "words", capabilities: ["chat"], memoryGiB: 9 },
    { id: "small-eyes", capabilities: ["chat", "vision"], memoryGiB: 1 },
    { id: "better-eyes", capabilities: ["chat", "vision"], memoryGiB: 2 },
    { id: "broken-eyes", capabilities: ["chat", "vision"], memoryGiB: 3, status: "disabled" },
  );

test("in every API, by each of its names", async ({ serve }) => {
  const { client } = await serve(fewModels(), { unserved: [big] });
  const messages = [{ role: "user", content: "hi" }];
  for (const name of ["big-eyes", "eyes", "eyes:latest"]) {
    for (const { status, text } of [
      await client.chat(name),
      await client.post("/v1/messages", { model: name, max_tokens: 9, messages }),
      await client.post("/v1/responses", { model: name, input: "hi" }),
      await client.post("/api/chat", { model: name, messages }),
      await client.post("/api/pull", { model: name }),
      await client.post(`/v1beta/models/${name}:generateContent`, { contents: [{ parts: [{ text: "hi" }] }] }),
      await client.get(`/v1/models/${name}`),
    ]) {
      expect(status).toBe(404);
      expect(text).toMatch(
        /catalog, but not served here: it needs an NVIDIA GPU.*better-eyes or small-eyes would do\./,
      );
    }
  }
  const { json } = await client.chat("big-eyes");
  expect(json.error).toMatchObject({ code: "model_not_found", nearest: ["better-eyes", "small-eyes"] });
});

test("only where the key could use it, and with what the key may use", async ({ serve }) => {
  const keys = [keyOf("child", { models: ["words"] }), keyOf("seer", { models: ["*eyes"] })];
  const { client, apply } = await serve(fewModels(), { unserved: [big], keys });
  expect((await client.chat("big-eyes", {}, { key: "child" })).text).not.toContain("catalog");
  expect((await client.chat("big-eyes", {}, { key: "seer" })).text).toContain("catalog");
  apply(planFor({ keys }));
  expect((await client.chat("big-eyes")).text).not.toContain("catalog");
});
