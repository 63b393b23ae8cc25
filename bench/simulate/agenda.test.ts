import fc from "fast-check";
import { expect, test } from "vitest";
import { createAgenda } from "./agenda.ts";

test("things come in the order of their time, those of one time in the order in which they were noted", () => {
  const times = fc.array(fc.integer({ min: 0, max: 9 }));
  const property = fc.property(times, (list) => {
    const agenda = createAgenda<number>();
    for (const [index, at] of list.entries()) agenda.add(at, index);
    const taken: [number, number][] = [];
    for (let next = agenda.next(); next !== null; next = agenda.next()) taken.push([next.at, next.what]);
    const expected = list.map((at, index): [number, number] => [at, index]);
    expect(taken).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  });
  fc.assert(property, { seed: 1 });
});
