import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { mutated } from "../../../../test/support/dialects/mutated.ts";
import { validBodies } from "../../../../test/support/dialects/valid-bodies.ts";
import { Problem } from "../../../domain/problem.ts";
import { relayRoutes } from "../../dialects/relayed.ts";
import type { Asked } from "../../dialects/translation.ts";
import { outlineOf } from "./outline.ts";

const translated = relayRoutes.flatMap(({ path, translation, outline }) =>
  translation === null
    ? []
    : [
        {
          path,
          translation,
          outline: outline ?? outlineOf,
          valid: (validBodies as Record<string, object>)[path] ?? {},
        },
      ],
);

const about = { id: "r", model: "m" };
const clock = { now: () => 0, receivedAt: 0, askedAt: 0 };
const stream = engineStream([
  said.reasoning("hm"),
  said.text("yes"),
  said.call(0, "read", '{"a":', "1}"),
  said.call(1, "patch", '{"input":"x"}'),
  said.finish("tool_calls"),
]).join("");
const whole = JSON.stringify({
  choices: [{ index: 0, message: { role: "assistant", content: "yes" }, finish_reason: "stop" }],
  data: [{ embedding: [1, 2] }],
  usage: { prompt_tokens: 3, completion_tokens: 4 },
});

/** What a client reads of both answers, or the code of the refusal. */
function told({ answer }: Asked): unknown[] {
  return [stream, whole].map((bytes) => {
    try {
      const translation = answer(about, clock);
      return `${translation.push(Buffer.from(bytes))}${translation.end()}`;
    } catch (error) {
      if (error instanceof Problem) return error.problem.code;
      throw error;
    }
  });
}

test.each(translated)(
  "$path: answers are told by an outline as they are by the whole",
  ({ translation, outline, valid }) => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(valid), mutated(valid)), (sent) => {
        let asked: Asked;
        try {
          asked = translation(structuredClone(sent) as Record<string, unknown>);
        } catch (error) {
          if (error instanceof Problem) return;
          throw error;
        }
        expect(told(translation(outline(sent as Record<string, unknown>)))).toEqual(told(asked));
      }),
      { numRuns: 300 },
    );
  },
);

test("an outline is small however long the conversation is, and keeps what answers repeat", () => {
  const instructions = "x".repeat(10_000);
  const content = Array.from({ length: 1000 }, () => ({ type: "text", text: "y".repeat(1000) }));
  const outline = outlineOf({
    instructions,
    input: Array(1000).fill({ role: "user", content }),
    tools: [{ name: "a" }],
  });
  expect(outline).toMatchObject({ instructions, tools: [{ name: "a" }] });
  expect(JSON.stringify(outline.input).length).toBeLessThan(500);
});

test("an outline keeps every call with its id, in whichever API's words", () => {
  const long = "x".repeat(100_000);
  const outline = outlineOf({
    messages: [
      { role: "user", content: long },
      { role: "assistant", content: long, tool_calls: [{ id: "call_1", function: { name: "a", arguments: "{}" } }] },
      { role: "user", content: long },
      {
        role: "assistant",
        content: [
          { type: "text", text: long },
          { type: "tool_use", id: "call_2", name: "a", input: {} },
        ],
      },
    ],
    input: [
      { role: "user", content: long },
      { role: "user", content: long },
      { type: "function_call", call_id: "call_3" },
    ],
    contents: [{ parts: [] }, { parts: [{ text: long }] }, { parts: [{ functionCall: { id: "call_4", name: "a" } }] }],
  });
  const text = JSON.stringify(outline);
  for (const id of ["call_1", "call_2", "call_3", "call_4"]) expect(text).toContain(id);
  expect(text.length).toBeLessThan(2000);
});
