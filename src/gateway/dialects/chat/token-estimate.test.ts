import { expect, test } from "vitest";
import { estimateTokens } from "./token-estimate.ts";

const english = "The quick brown fox jumps over the lazy dog, 123 times.\n";
const chinese = "海边的风很大，我们走了很久才到。\n";
const user = (content: string) => ({ role: "user" as const, content });

test("of a prompt that is too long to be looked at as a whole, samples tell about as much", () => {
  const page = english.repeat(50) + chinese.repeat(80);
  const pages = Array.from({ length: 10 }, () => user(page));
  const exact = estimateTokens(pages, undefined) / 10;
  for (const book of [[user(page.repeat(400))], Array.from({ length: 400 }, () => user(page))]) {
    const estimate = estimateTokens(book, undefined) / 400;
    expect(Math.abs(estimate / exact - 1)).toBeLessThan(0.15);
  }
});

test("every message, image and list of tools counts, an empty one too", () => {
  const image = { type: "image_url" as const, image_url: { url: "data:image/png;base64,AAAA" } };
  const nothing = estimateTokens([], undefined);
  const empty = estimateTokens([user("")], undefined);
  const seen = estimateTokens([{ role: "user", content: [image] }], undefined);
  expect(empty).toBeGreaterThan(nothing);
  expect(seen).toBeGreaterThanOrEqual(empty + 1000);
  expect(estimateTokens([user("")], [{ name: "read" }])).toBeGreaterThan(empty);
});
