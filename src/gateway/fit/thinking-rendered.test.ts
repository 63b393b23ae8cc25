/**
 * A model told not to think is told so by its template: what an engine that speaks Responses itself makes of the request
 * that it gets, rendered.
 */
import { Template } from "@huggingface/jinja";
import { expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import type { JsonObject } from "../../domain/json-object.ts";

/** How the templates of families begin an answer, as their repositories have them. */
const openings = {
  Qwen3: `<|im_start|>assistant\n{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}`,
  "Qwen3.5": `<|im_start|>assistant\n{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% else %}<think>\n{% endif %}`,
  "GLM 4.5": `<|assistant|>{% if enable_thinking is defined and not enable_thinking %}\n<think></think>{% endif %}`,
  "DeepSeek V3.1": `<｜Assistant｜>{% if thinking is defined and thinking %}<think>{% else %}</think>{% endif %}`,
};

/** vLLM 0.28 and 0.31: `chat_template_kwargs` win over what follows from the effort. Others may read the effort alone. */
const engines = {
  vLLM: ({ reasoning, chat_template_kwargs: own }: JsonObject) => ({
    ...fromEffort(reasoning),
    ...(own as JsonObject),
  }),
  "the effort alone": ({ reasoning }: JsonObject) => ({ thinking: false, ...fromEffort(reasoning) }),
};

function fromEffort(reasoning: unknown): JsonObject {
  const { effort } = (reasoning ?? {}) as JsonObject;
  return effort === undefined || effort === null ? {} : { enable_thinking: effort !== "none" };
}

const endsThoughts = /<\/think>\s*$/;

test.for([
  ["left alone", {}, "vLLM"],
  ["left alone", {}, "the effort alone"],
  ["asked for in words of a switch", { reasoning: { effort: "none" } }, "vLLM"],
] as const)("%s, no template begins a thought: %j, by %s", async ([, fields, release], { serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["thinking-off", "thinking-switch"] });
  const engine = await stub((_, __, response) => response.end("{}"));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  await client.post("/v1/responses", { model: "a", input: "hello", ...fields });
  const sent = JSON.parse(engine.seen[0]!.body.toString()) as JsonObject;
  const given = engines[release](sent);
  for (const [family, opening] of Object.entries(openings)) {
    expect([family, new Template(opening).render(given)]).toEqual([family, expect.stringMatching(endsThoughts)]);
  }
});

test("one that is to think begins its thought", async ({ serve, stub }) => {
  const link = new TestLink({ id: "a", fixups: ["thinking-off", "thinking-switch"] });
  const engine = await stub((_, __, response) => response.end("{}"));
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  await client.post("/v1/responses", { model: "a", input: "hello", reasoning: { effort: "high" } });
  const given = engines.vLLM(JSON.parse(engine.seen[0]!.body.toString()) as JsonObject);
  for (const opening of Object.values(openings)) expect(new Template(opening).render(given)).not.toMatch(endsThoughts);
});
