import { createParser } from "eventsource-parser";
import { expect, test } from "vitest";
import { eventBounds, KeptAnswer } from "./answer-bounds.ts";
import { ChatStreamReader } from "./stream-reader.ts";
import { buffered } from "./translate-answer.ts";

const MiB = 1024 * 1024;
const piece = Buffer.alloc(MiB, "x");

test("an event without an end is given up, and those before it were heard", () => {
  const heard: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => heard.push(data), ...eventBounds });
  parser.feed(`retry: soon\n\ndata: a\n\ndata: ${"x".repeat(MiB)}`);
  expect(() => parser.feed("x".repeat(MiB))).toThrow("an event of more than 2097152 bytes");
  expect(heard).toEqual(["a"]);
});

test("a chat's stream and a whole answer are given up likewise", () => {
  const reader = new ChatStreamReader("m", { tools: new Set(), idsBefore: new Set(), idStart: "c" });
  expect(() => {
    for (let count = 0; count < 4; count++) reader.push(piece);
  }).toThrow("an event of more than");
  const answer = buffered("m", (json) => json);
  expect(() => {
    for (let count = 0; count < 65; count++) answer.push(piece);
  }).toThrow("an answer of more than 67108864 bytes");
});

test("an answer that is kept is whole", () => {
  const kept = new KeptAnswer();
  expect(kept.isEmpty).toBe(true);
  for (const part of ["a", "b", "c"]) kept.add(Buffer.from(part));
  expect([kept.isEmpty, kept.whole().toString()]).toEqual([false, "abc"]);
});
