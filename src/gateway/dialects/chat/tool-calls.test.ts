/** What engines are known to do to tool calls, each with what it means. `calls.test.ts` beside the APIs has their combinations. */
import { expect, test } from "vitest";
import { type CallEvent, ToolCalls } from "./tool-calls.ts";

const context = { tools: new Set(["read", "read_file", "write"]), idsBefore: new Set<string>(), idStart: "call_r_" };

/** `id:name(arguments)` of each call, from the `tool_calls` of deltas. */
function calls(deltas: object[][], cutOff = false): string[] {
  const assembler = new ToolCalls(context);
  const pieces = deltas.flatMap((delta) => assembler.take(delta as Record<string, unknown>[]).flat());
  return told([...pieces, ...assembler.end(cutOff)]);
}

function told(events: CallEvent[]): string[] {
  const result: string[] = [];
  for (const event of events) {
    if (event.kind === "call") result[event.index] = `${event.id}:${event.name}()`;
    if (event.kind === "arguments") result[event.index] = `${result[event.index]!.slice(0, -1)}${event.text})`;
  }
  return result;
}

const piece = (fields: object, name?: string, given?: unknown) => ({
  ...fields,
  function: { ...(name === undefined ? {} : { name }), ...(given === undefined ? {} : { arguments: given }) },
});

test.each<[string, object[][], string[]]>([
  [
    "all calls have the index 0: a new id begins one",
    [[piece({ index: 0, id: "a" }, "read", '{"p":1}')], [piece({ index: 0, id: "b" }, "read", '{"p":1}')]],
    ['a:read({"p":1})', 'b:read({"p":1})'],
  ],
  [
    "all calls have the index 0 and no id: a new name begins one, and so does the same name after whole arguments",
    [
      [piece({ index: 0 }, "read", "{}")],
      [piece({ index: 0 }, "write", "{}")],
      [piece({ index: 0 }, "write", '{"a":1}')],
    ],
    ["call_r_0:read({})", "call_r_1:write({})", 'call_r_2:write({"a":1})'],
  ],
  [
    "the id is another with each piece",
    [
      [piece({ index: 0, id: "x" }, "read", "")],
      [piece({ index: 0, id: "y" }, undefined, '{"p"')],
      [piece({ index: 0, id: "z" }, undefined, ":1}")],
    ],
    ['x:read({"p":1})'],
  ],
  [
    "id and name come again with each piece",
    [
      [piece({ index: 0, id: "x" }, "read", '{"p"')],
      [piece({ index: 0, id: "x" }, "read", ":1}")],
      [piece({ index: 0, id: "x" }, "read", "")],
    ],
    ['x:read({"p":1})'],
  ],
  [
    "the name comes in pieces, or grows",
    [
      [piece({ index: 0, id: "x" }, "rea")],
      [piece({ index: 0 }, "d_file")],
      [piece({ index: 0 }, undefined, "{}")],
      [piece({ index: 1 }, "wri")],
      [piece({ index: 1 }, "write", "{}")],
    ],
    ["x:read_file({})", "call_r_1:write({})"],
  ],
  [
    "the id comes after the name",
    [[piece({ index: 0 }, "write")], [piece({ index: 0, id: "x" }, undefined, "{}")]],
    ["call_r_0:write({})"],
  ],
  [
    "ids are numbers, or the same for all",
    [[piece({ index: 0, id: 7 }, "read", "{}"), piece({ index: 1, id: 7 }, "write", "{}")]],
    ["7:read({})", "7_1:write({})"],
  ],
  [
    "the index is missing, and counts from 1",
    [[piece({ id: "a" }, "read", "{}")], [piece({ index: 1, id: "b" }, "write", "{}")]],
    ["a:read({})", "b:write({})"],
  ],
  [
    "the index is text, and grows with each piece",
    [[piece({ index: "0", id: "a" }, "read", '{"p"')], [piece({ index: "1" }, undefined, ":1}")]],
    ['a:read({"p":1})'],
  ],
  [
    "arguments are an object, or encoded twice",
    [
      [piece({ index: 0 }, "read", { p: 1 })],
      [piece({ index: 1 }, "read", '"{\\"p\\"')],
      [piece({ index: 1 }, undefined, ':1}"')],
    ],
    ['call_r_0:read({"p":1})', 'call_r_1:read({"p":1})'],
  ],
  [
    "there are none, or null",
    [
      [piece({ index: 0 }, "read"), piece({ index: 1 }, "read", null), piece({ index: 2 }, "read", "nu")],
      [piece({ index: 2 }, undefined, "ll")],
    ],
    ["call_r_0:read({})", "call_r_1:read({})", "call_r_2:read({})"],
  ],
  [
    "something follows the whole object",
    [[piece({ index: 0 }, "read", '{"p":"}"}}')], [piece({ index: 0 }, undefined, '{"p":"}"}')]],
    ['call_r_0:read({"p":"}"})'],
  ],
  [
    "they are no JSON: the client's own check says so to the model",
    [[piece({ index: 0 }, "read", "p=")], [piece({ index: 0 }, undefined, "1")]],
    ["call_r_0:read(p=1)"],
  ],
  ["name and arguments stand in the call itself", [[{ id: "a", name: "read", arguments: "{}" }]], ["a:read({})"]],
  [
    "gpt-oss's marks are left at the name",
    [[piece({ index: 0 }, "functions.read<|channel|>commentary", "{}")]],
    ["call_r_0:read({})"],
  ],
  [
    "a piece has nothing at all",
    [[piece({ index: 0 }, "read", "{}")], [{}], [piece({ index: 3 })]],
    ["call_r_0:read({})"],
  ],
])("%s", (_, deltas, expected) => {
  expect(calls(deltas)).toEqual(expected);
});

test("a call that the answer's limit cut off gets no arguments made up", () => {
  expect(calls([[piece({ index: 0 }, "write", "")]], true)).toEqual(["call_r_0:write()"]);
});

test("an id that the conversation has had already is another call's, and becomes a new one", () => {
  const calls = new ToolCalls({ ...context, idsBefore: new Set(["call_0"]) });
  const [events] = calls.take([{ index: 0, id: "call_0", function: { name: "read", arguments: "{}" } }]);
  expect(events![0]).toMatchObject({ kind: "call", id: "call_r_0", name: "read" });
});
