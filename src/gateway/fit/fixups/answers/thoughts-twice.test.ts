import fc from "fast-check";
import { expect, test } from "vitest";
import { engineStream, said } from "../../../../../test/support/dialects/engine-stream.ts";
import { thoughtsTold, thoughtsTwice } from "./thoughts-twice.ts";

type Told = ReturnType<typeof thoughtsTold>;
const told = ({ push, end }: Told, pieces: readonly (string | Buffer)[]) =>
  pieces.map((piece) => String(push(Buffer.from(piece)))).join("") + String(end());
const chunk = (delta: object) => `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta }] })}\n\n`;

test("does what its example shows, and nothing to what has both names", () => {
  const { before, after } = thoughtsTwice.example;
  expect(thoughtsTwice.apply(before)).toEqual(after);
  expect(thoughtsTwice.apply(after)).toBe(after);
});

test.each([["reasoning"], ["reasoning_content"]])(
  "a thought that comes as %s is told twice, streamed and whole",
  (name) => {
    let changes = 0;
    const both = { reasoning: "hm", reasoning_content: "hm" };
    const streamed = told(
      thoughtsTold(true, () => changes++),
      [chunk({ [name]: "hm" }), chunk({ [name]: "hm" })],
    );
    const deltas = [...streamed.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!).choices[0].delta);
    expect(deltas).toEqual([both, both]);
    const answer = { choices: [{ message: { role: "assistant", content: "Hi", [name]: "hm" } }] };
    const whole = told(
      thoughtsTold(false, () => changes++),
      [JSON.stringify(answer)],
    );
    expect(JSON.parse(whole).choices[0].message).toEqual({ role: "assistant", content: "Hi", ...both });
    expect(changes).toBe(2);
  },
);

test("an answer without thoughts, or with both names, passes byte for byte, however it is cut", () => {
  const plain = [
    ": a comment\n\n",
    chunk({ reasoning: "hm", reasoning_content: "hm" }),
    ...engineStream([said.text('"reasoning": no thought'), said.call(0, "read", '{"a":1}'), said.finish("stop")]),
  ].join("");
  const bytes = Buffer.from(plain);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const ends = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const pieces = ends.slice(1).map((end, at) => bytes.subarray(ends[at], end));
      expect(
        told(
          thoughtsTold(true, () => expect.unreachable()),
          pieces,
        ),
      ).toBe(plain);
    }),
  );
});
