import { expect, test } from "vitest";
import { bytesPerGiB } from "../domain/size.ts";
import { worseThan } from "./compare.ts";
import type { Figures } from "./figures.ts";

const source = "a test, 2026-11-25";
const expected = {
  tokensPerSecond: { from: 40, to: 44, source },
  load: { time: 60, source },
  firstToken: { time: 0.5, source },
  context: { tokens: 8000, source },
  memory: { size: 10 * bytesPerGiB, source },
};
const speed = (tokensPerSecond: number, firstTokenSeconds = 0.5) => ({ tokensPerSecond, firstTokenSeconds });
const good: Figures = {
  loadSeconds: 61,
  cold: speed(20, 3),
  warm: [speed(39), speed(40), speed(41)],
  contextTokens: 8000,
  promptTokensPerSecond: 1000,
  memory: { restGiB: 9, peakGiB: 10.2, endGiB: 9 },
};

test("what is as expected, or nearly, is not worse", () => {
  expect(worseThan(expected, good)).toEqual([]);
});

test("each figure that is worse is named, with what was expected and by whom", () => {
  const bad: Figures = {
    ...good,
    loadSeconds: 90,
    warm: [speed(20, 2)],
    contextTokens: 4000,
    memory: { restGiB: 9, peakGiB: 12, endGiB: 9 },
  };
  const worse = worseThan(expected, bad);
  expect(worse).toHaveLength(5);
  for (const sentence of worse) expect(sentence).toContain(source);
  expect(worse[0]).toBe(`20.0 tokens per second; 40 are expected (${source})`);
});

test("what was not measured, or is not expected, is not worse", () => {
  expect(worseThan(expected, {})).toEqual([]);
  expect(worseThan(undefined, good)).toEqual([]);
  expect(worseThan({ context: { tokens: 9000, source } }, { ...good, loadSeconds: 9000 })).toHaveLength(1);
});
