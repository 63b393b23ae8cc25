import { expect, test } from "vitest";
import { measured } from "./speed.ts";

const event = (seconds: number, json: unknown) => ({ seconds, json, data: "" });
const word = (content: string) => ({ choices: [{ delta: { content } }] });

test("speed is told from the first word to the last, by the tokens that the engine counts", () => {
  const usage = event(9, { choices: [], usage: { completion_tokens: 21 } });
  const events = [event(0.1, word("")), event(0.5, word("a")), event(2.5, word("b")), usage];
  expect(measured({ events })).toEqual({ firstTokenSeconds: 0.5, tokensPerSecond: 10 });
});

test("a thought is a first token too", () => {
  const events = [event(0.2, { choices: [{ delta: { reasoning_content: "hm" } }] }), event(3, word("a"))];
  expect(measured({ events })?.firstTokenSeconds).toBe(0.2);
});

test("an answer that is too short says no speed, and one without words nothing", () => {
  expect(measured({ events: [event(1, word("a")), event(2, word("b"))] })?.tokensPerSecond).toBeNull();
  expect(measured({ events: [event(1, word(""))] })).toBeNull();
});
