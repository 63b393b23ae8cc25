import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixupNames } from "../../../domain/fixup-name.ts";
import { fixed, requestFixups } from "./request-fixups.ts";

/** What chat bodies are made of, right and wrong. */
const text = fc.constantFrom("", " ", "Hello", "Be brief.", "(no text)");
const part = fc.oneof(
  fc.record({ type: fc.constant("text"), text }),
  fc.constant({ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }),
  fc.jsonValue(),
);
const content = fc.oneof(text, fc.constant(null), fc.array(part, { maxLength: 3 }), fc.jsonValue());
const call = fc.oneof(
  fc.record({
    id: fc.string(),
    type: fc.constant("function"),
    function: fc.record({ name: text, arguments: fc.json() }),
  }),
  fc.jsonValue(),
);
const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        role: fc.constantFrom("system", "developer", "user", "assistant", "tool", "other"),
        content,
        tool_calls: fc.oneof(fc.array(call, { maxLength: 2 }), fc.jsonValue()),
        tool_call_id: fc.string(),
        x_unknown: fc.jsonValue(),
      },
      { requiredKeys: ["role"] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const way = fc.oneof(
  fc.constantFrom(true, false, "none", "low", "high", "odd"),
  fc.record({ effort: fc.constantFrom("low", "none") }),
  fc.jsonValue(),
);
const body = fc.record(
  {
    messages: fc.oneof(
      { weight: 8, arbitrary: fc.array(message, { maxLength: 6 }) },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    tools: fc.oneof(fc.constant([{ type: "function", function: { name: "read" } }]), fc.jsonValue()),
    tool_choice: fc.oneof(fc.constantFrom("auto", "none", "required", null), fc.jsonValue()),
    reasoning_effort: way,
    thinking: way,
    reasoning: way,
    chat_template_kwargs: fc.oneof(fc.constant({ enable_thinking: true }), fc.constant({ other: 1 }), fc.jsonValue()),
    x_unknown: fc.jsonValue(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, unknown>>;

describe.each(requestFixups.map((fixup) => [fixup.name, fixup] as const))("%s", (_, { apply, example }) => {
  test("does what its example shows, and nothing to a request that is fine", () => {
    expect(apply(example.before)).toEqual(example.after);
    expect(apply(example.after)).toBe(example.after);
  });

  test("never throws, changes nothing in place, nothing twice, and no field that it does not know", () => {
    fc.assert(
      fc.property(body, (before) => {
        const copy = structuredClone(before);
        const after = apply(before);
        expect(before).toEqual(copy);
        expect(apply(after)).toBe(after);
        expect(after.x_unknown).toBe(before.x_unknown);
      }),
    );
  });
});

// The configuration refuses these two together: one undoes the other.
const choice = fc
  .subarray([...fixupNames])
  .filter((names) => !(names.includes("force-tool-choice") && names.includes("relax-tool-choice")));

test("all of them together change nothing the second time either, in any choice", () => {
  fc.assert(
    fc.property(body, choice, (before, names) => {
      const once = fixed(before, names);
      expect(fixed(once.body, names)).toEqual({ body: once.body, applied: [] });
      expect(once.applied.length === 0).toBe(once.body === before);
      expect(names).toEqual(expect.arrayContaining(once.applied));
    }),
  );
});

test("every name but those of answers is one fixup of requests", () => {
  expect([...requestFixups.map(({ name }) => name), "decode-arguments", "calls-from-text"].sort()).toEqual(
    [...fixupNames].sort(),
  );
});
