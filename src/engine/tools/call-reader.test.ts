import { expect, it } from "vitest";
import { type AnswerEvent, CallReader } from "./call-reader.ts";

/** What a client ends up with. */
function read(pieces: string[]) {
  const reader = new CallReader();
  const events: AnswerEvent[] = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  let text = "";
  const calls: { name: string; given: string }[] = [];
  for (const event of events) {
    if (event.kind === "text") text += event.text;
    else if (event.kind === "call") calls.push({ name: event.name, given: "" });
    else calls[event.index]!.given += event.text;
  }
  return { text, calls };
}

const call = (name: string, given: string) => `<tool_call>\n{"name": "${name}", "arguments": ${given}}\n</tool_call>`;
const answers: [string, string, ReturnType<typeof read>][] = [
  ["plain text", "Hello <b> there\n", { text: "Hello <b> there\n", calls: [] }],
  ["one call", call("f", '{"a": 1}'), { text: "", calls: [{ name: "f", given: '{"a": 1}' }] }],
  [
    "text and two calls",
    `Let me see.\n${call("f", "{}")}\n${call("g", '{"a": {"b": "}\\"</tool_call>"}}')}\n`,
    {
      text: "Let me see.",
      calls: [
        { name: "f", given: "{}" },
        { name: "g", given: '{"a": {"b": "}\\"</tool_call>"}}' },
      ],
    },
  ],
  ["a name with a quote", call('a\\"b', "{}"), { text: "", calls: [{ name: 'a"b', given: "{}" }] }],
  ["a name that is no JSON", call("a\\q", "{}"), { text: call("a\\q", "{}"), calls: [] }],
  ["what is no call", "<tool_call>what?</tool_call> so", { text: "<tool_call>what?</tool_call> so", calls: [] }],
  ["a call that was cut", '<tool_call>{"name": "f"', { text: '<tool_call>{"name": "f"', calls: [] }],
  [
    "arguments that were cut",
    '<tool_call>{"name": "f", "arguments": {"a',
    { text: "", calls: [{ name: "f", given: '{"a' }] },
  ],
];

it.each(answers)("reads %s in one piece, character by character and in threes", (_, answer, expected) => {
  expect(read([answer])).toEqual(expected);
  expect(read([...answer])).toEqual(expected);
  expect(read(answer.match(/.{1,3}/gs)!)).toEqual(expected);
});

it("passes arguments on before the call is complete", () => {
  const reader = new CallReader();
  reader.push('<tool_call>{"name": "f", "arguments": ');
  expect(reader.push('{"city": "Par')).toEqual([
    { kind: "call", index: 0, name: "f" },
    { kind: "arguments", index: 0, text: '{"city": "Par' },
  ]);
});
