import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixupNames } from "../../../domain/fixup-name.ts";
import { understandBody } from "../../body/request-body.ts";
import { marksOf } from "../body-marks.ts";
import { generalFixups } from "./every-model/general-fixups.ts";
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
    tools: fc.oneof(fc.constant([]), fc.constant([{ type: "function", function: { name: "read" } }]), fc.jsonValue()),
    tool_choice: fc.oneof(fc.constantFrom("auto", "none", "required", null), fc.jsonValue()),
    reasoning_effort: way,
    thinking: way,
    reasoning: way,
    stream: fc.constantFrom(true, false, null),
    stream_options: fc.constant({ include_usage: true }),
    parallel_tool_calls: fc.constantFrom(true, null),
    chat_template_kwargs: fc.oneof(fc.constant({ enable_thinking: true }), fc.constant({ other: 1 }), fc.jsonValue()),
    x_unknown: fc.jsonValue(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, unknown>>;

const blocks = fc.array(
  fc.oneof(
    part,
    fc.record({ type: fc.constant("tool_use"), id: text, name: text, input: fc.jsonValue() }),
    fc.record({ type: fc.constant("tool_result"), tool_use_id: text, content }),
  ),
  { maxLength: 3 },
);
const blockMessage = fc.record({
  role: fc.constantFrom("system", "user", "assistant", "odd"),
  content: fc.oneof(text, blocks, fc.jsonValue()),
});
const itemPart = fc.oneof(fc.record({ type: fc.constantFrom("input_text", "output_text"), text }), fc.jsonValue());
const item = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom("message", "function_call", "function_call_output", "reasoning"),
      role: fc.constantFrom("system", "developer", "user", "assistant"),
      content: fc.oneof(text, fc.array(itemPart, { maxLength: 3 }), fc.jsonValue()),
      name: text,
      arguments: fc.json(),
      output: fc.oneof(text, fc.array(itemPart, { maxLength: 2 })),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const systemText = fc.oneof(text, fc.constant("x-anthropic-billing-header: cch=1;\nBe kind."), blocks, fc.jsonValue());
const more = fc.record({
  system: systemText,
  messages: fc.oneof(fc.array(blockMessage, { maxLength: 6 }), fc.jsonValue()),
  instructions: systemText,
  input: fc.oneof(text, fc.array(item, { maxLength: 6 }), fc.jsonValue()),
});
const withMore = (names: readonly ("system" | "messages" | "instructions" | "input")[]) =>
  fc.tuple(body, more).map(([{ messages: _, ...rest }, all]) => ({
    ...rest,
    ...Object.fromEntries(names.map((name) => [name, all[name]])),
  }));
const bodies = {
  chat: body,
  messages: withMore(["system", "messages"]),
  responses: withMore(["instructions", "input"]),
};

const forms = ["chat", "messages", "responses"] as const;

describe.each(requestFixups.map((fixup) => [fixup.name, fixup] as const))("%s", (_, { apply, example }) => {
  test("does what its example shows, and nothing to a request that is fine", () => {
    expect(apply.chat(example.before)).toEqual(example.after);
    expect(apply.chat(example.after)).toBe(example.after);
  });

  test.each(forms)(
    "never throws on %s, changes nothing in place, nothing twice, and no field that it does not know",
    (form) => {
      fc.assert(
        fc.property(bodies[form], (before) => {
          const copy = structuredClone(before);
          const after = apply[form](before);
          expect(before).toEqual(copy);
          expect(apply[form](after)).toBe(after);
          expect(after.x_unknown).toBe(before.x_unknown);
        }),
      );
    },
  );
});

describe.each(generalFixups.map((fixup) => [fixup.name, fixup] as const))("%s", (_, { apply, example, mayChange }) => {
  const may = (json: object, form: (typeof forms)[number]) => {
    const body = understandBody({ path: "/", body: "json" }, "", Buffer.from(JSON.stringify(json)));
    return mayChange(body, marksOf(body.bytes), form);
  };

  test("does what its example shows, and nothing to a request that is fine", () => {
    const form = forms.find((one) => may(example.before, one))!;
    expect(apply(example.before, form)).toEqual(example.after);
    expect(apply(example.after, form)).toBe(example.after);
  });

  test.each(forms)(
    "changes nothing of %s in place, nothing twice, and nothing that a look at the bytes finds in order",
    (form) => {
      fc.assert(
        fc.property(bodies[form], (before) => {
          const copy = structuredClone(before);
          const after = apply(before, form);
          expect(before).toEqual(copy);
          expect(apply(after, form)).toBe(after);
          if (after !== before) expect(may(before, form)).toBe(true);
        }),
      );
    },
  );
});

const someBodies = fc.record(bodies);

// The configuration refuses these two together: one undoes the other.
const choice = fc
  .subarray([...fixupNames])
  .filter((names) => !(names.includes("force-tool-choice") && names.includes("relax-tool-choice")));

test("all of them together change nothing the second time either, in any choice", () => {
  fc.assert(
    fc.property(fc.constantFrom(...forms), someBodies, choice, (form, some, names) => {
      const before = some[form];
      const once = fixed(before, form, names);
      expect(fixed(once.body, form, names)).toEqual({ body: once.body, applied: [] });
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
