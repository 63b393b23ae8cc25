import fc from "fast-check";
import { expect, it } from "vitest";
import { StopStrings } from "./stop-strings.ts";

function run(stops: string[], pieces: string[]) {
  const matcher = new StopStrings(stops);
  const text = pieces.map((piece) => matcher.push(piece)).join("") + matcher.end();
  return { text, met: matcher.met };
}

it("cuts at the earliest stop string, however the text is cut into pieces", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });
  const stop = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(letters), fc.array(stop, { maxLength: 3 }), (pieces, stops) => {
      const whole = run(stops, [pieces.join("")]);
      const { text, met } = run(stops, pieces);
      // A longer stop string may be met first in one piece and its shorter neighbour first in another.
      expect(met === null).toBe(whole.met === null);
      expect(pieces.join("").startsWith(text)).toBe(true);
      for (const one of stops) expect(text).not.toContain(one);
      if (met === null) expect(text).toBe(pieces.join(""));
    }),
  );
});

it("holds back no more than what may become a stop string", () => {
  const matcher = new StopStrings(["\n\nHuman"]);
  expect([matcher.push("Hello\n"), matcher.push("\nHum"), matcher.push("ble")]).toEqual(["Hello", "", "\n\nHumble"]);
});
