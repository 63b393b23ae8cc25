import fc from "fast-check";
import { expect, test } from "vitest";
import { offered, type SentCalls, sentCalls } from "../../../../../test/support/dialects/call-pieces.ts";
import { engineStream, said } from "../../../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../../../test/support/dialects/events-in.ts";
import { mendedAnswer } from "./mend-calls.ts";

const context = () => ({ tools: new Set(offered), idsBefore: new Set<string>(), idStart: "call_r_" });

function told(streaming: boolean, answer: (string | Buffer)[]): { text: string; changes: number } {
  let changes = 0;
  const { push, end } = mendedAnswer(streaming, context, () => changes++);
  const parts = [...answer.map((bytes) => push(Buffer.from(bytes))), end()];
  return { text: Buffer.concat(parts.map((part) => Buffer.from(part))).toString("utf8"), changes };
}

interface ReadCall {
  id?: unknown;
  name: string;
  text: string;
}

/** As the strictest clients read a stream: by index; id and name of the first piece, everything glued together. */
function streamedCalls(text: string): { calls: ReadCall[]; reasons: string[] } {
  const calls: ReadCall[] = [];
  const reasons: string[] = [];
  for (const { data } of eventsIn(text.replace("data: [DONE]\n\n", ""))) {
    for (const { delta, finish_reason: reason } of data.choices) {
      if (reason) reasons.push(reason);
      for (const { index, id, function: called } of delta.tool_calls ?? []) {
        if (calls[index] === undefined) calls[index] = { id, name: called.name, text: "" };
        else expect([id ?? "", called.name ?? ""]).toEqual(["", ""]);
        calls[index].text += called.arguments;
      }
    }
  }
  return { calls, reasons };
}

function expectSame({ calls }: SentCalls, read: ReadCall[]): void {
  expect(read.map(({ name, text }) => ({ name, input: JSON.parse(text) }))).toEqual(calls);
  for (const { id } of read) expect(id).toEqual(expect.stringMatching(/./));
  expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
}

const ending = fc.constantFrom([said.finish("tool_calls")], [said.finish("stop")], []);

test("however an engine cuts them up, a chat's client reads the calls, in a stream that ends with them", () => {
  fc.assert(
    fc.property(sentCalls, ending, (sent, last) => {
      const deltas = sent.deltas.map((tool_calls) => ({ delta: { tool_calls } }));
      const stream = engineStream([said.text("hm"), deltas, ...last]);
      const { text } = told(true, last.length === 0 ? [...stream, "data: [DONE]\n\n"] : stream);
      const { calls, reasons } = streamedCalls(text);
      expectSame(sent, calls);
      expect(reasons).toEqual(["tool_calls"]);
      expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a piece of a call that is held for one before it says nothing yet", () => {
  const deltas = [
    [{ index: 0, id: "a", type: "function", function: { name: "re", arguments: "" } }],
    [{ index: 1, id: "b", type: "function", function: { name: "ls", arguments: "" } }],
    [{ index: 1, function: { arguments: "" } }],
    [{ index: 0, function: { name: "ad", arguments: "{}" } }],
  ].map((tool_calls) => [{ delta: { tool_calls } }]);
  const { text } = told(true, engineStream([...deltas, said.finish("tool_calls")]));
  expect(streamedCalls(text).calls).toEqual([
    { id: "a", name: "read", text: "{}" },
    { id: "b", name: "ls", text: "{}" },
  ]);
});

test("a whole message has the same calls", () => {
  fc.assert(
    fc.property(sentCalls, (sent) => {
      const message = { role: "assistant", content: null, tool_calls: sent.message };
      const answer = JSON.stringify({ id: "c", choices: [{ index: 0, message, finish_reason: "stop" }] });
      const { text } = told(false, [answer]);
      const [choice] = JSON.parse(text).choices;
      const calls = choice.message.tool_calls as { id: string; function: { name: string; arguments: string } }[];
      expectSame(
        sent,
        calls.map(({ id, function: { name, arguments: given } }) => ({ id, name, text: given })),
      );
      expect(choice.finish_reason).toBe("tool_calls");
    }),
  );
});

const rightCalls = fc.array(
  fc.record({
    name: fc.constantFrom(...offered),
    pieces: fc.array(fc.jsonValue().map((value) => JSON.stringify(value))),
  }),
  { maxLength: 3 },
);

test("what is right already passes byte for byte, however it is cut", () => {
  fc.assert(
    fc.property(rightCalls, fc.array(fc.string()), fc.boolean(), fc.nat(40), (calls, texts, crlf, size) => {
      const deltas = calls.map(({ name, pieces }, index) =>
        said.call(index, name, ...JSON.stringify({ pieces }).split(/(?=")/)),
      );
      const events = engineStream([
        ...texts.map((text) => said.text(text)),
        ...deltas,
        said.finish(calls.length > 0 ? "tool_calls" : "stop"),
      ]);
      const stream = `: a comment\n\n${events.join("")}`;
      const sent = Buffer.from(crlf ? stream.replaceAll("\n", "\r\n") : stream);
      const cuts = Array.from({ length: Math.ceil(sent.length / (size + 1)) }, (_, at) =>
        sent.subarray(at * (size + 1), (at + 1) * (size + 1)),
      );
      expect(told(true, cuts)).toEqual({ text: sent.toString("utf8"), changes: 0 });
    }),
  );
});

test("no byte waits for more than the end of its event, and a stream without calls is not even copied", () => {
  const { push } = mendedAnswer(true, context, () => {});
  for (const event of engineStream([said.text("hello"), said.finish("stop")])) {
    const bytes = Buffer.from(event);
    expect(push(bytes)).toEqual(bytes);
  }
});

test("what is no stream, and events without an end, pass as they are", () => {
  for (const text of ['{"tool_calls":[1', 'data: {"tool_calls"', "data: tool_calls\n\n", ""]) {
    expect(told(true, [text])).toEqual({ text, changes: 0 });
    expect(told(false, [text])).toEqual({ text, changes: 0 });
  }
  const endless = Buffer.alloc(1024 * 1024, "x");
  const { push } = mendedAnswer(true, context, () => {});
  const passed = Array.from({ length: 6 }, () => push(endless).length).reduce((sum, length) => sum + length, 0);
  expect(passed).toBe(6 * endless.length);
});

test("each choice has calls of its own", () => {
  const piece = (index: number) => ({
    index,
    delta: { tool_calls: [{ function: { name: "ls", arguments: {} } }] },
    finish_reason: "stop",
  });
  const { text, changes } = told(true, [`data: ${JSON.stringify({ choices: [piece(0), piece(1)] })}\n\n`]);
  const choices = eventsIn(text).flatMap(({ data }) => data.choices as ReturnType<typeof piece>[]);
  expect(choices.map(({ delta, finish_reason }) => [delta.tool_calls, finish_reason])).toEqual(
    [0, 1].map(() => [
      [{ index: 0, id: "call_r_0", type: "function", function: { name: "ls", arguments: "{}" } }],
      "tool_calls",
    ]),
  );
  expect(changes).toBe(1);
});
