import fc from "fast-check";
import { expect, test } from "vitest";
import { eventsOf, WholeEvents } from "./whole-events.ts";

const line = fc.constantFrom("data: a", "data: \u00fc", ": ping", "event: x", "");
const text = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { maxLength: 20 })
  .map((lines) => lines.flat().join(""));

test("whatever the pieces, events come whole, in order and byte for byte, each as soon as it has ended", () =>
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 12 }), (said, cuts) => {
      const bytes = Buffer.from(said);
      const events = new WholeEvents();
      const places = [...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
      let told = "";
      let from = 0;
      for (const place of places) {
        told += events.push(bytes.subarray(from, place)).toString("latin1");
        from = place;
        // What is held back has no event's end in it.
        const held = bytes.subarray(0, place).toString("latin1").slice(told.length);
        expect(eventsOf(Buffer.from(held, "latin1")).slice(0, -1)).toEqual([]);
        expect(held.endsWith("\n\n") && held.length > 2).toBe(false);
      }
      expect(told + events.rest().toString("latin1")).toBe(bytes.toString("latin1"));
    }),
    { numRuns: 2000 },
  ));

test("an event of many lines that comes line by line is looked at once, not anew with each of them", () => {
  const events = new WholeEvents();
  const piece = Buffer.from("data: x\n");
  // Its bytes are copied once, at its end; three bytes of each piece beside them.
  const { concat } = Buffer;
  let copied = 0;
  Buffer.concat = (list, ...rest) => {
    const joined = concat(list, ...rest);
    copied += joined.length;
    return joined;
  };
  try {
    for (let n = 0; n < 10_000; n += 1) expect(events.push(piece).length).toBe(0);
    expect(events.push(Buffer.from("\n")).length).toBe(10_000 * piece.length + 1);
  } finally {
    Buffer.concat = concat;
  }
  expect(copied).toBeLessThan(3 * 10_000 * piece.length);
});
