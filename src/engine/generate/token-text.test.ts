import { expect, it } from "vitest";
import { TokenText } from "./token-text.ts";

/** A token is a byte. */
const bytes = { detokenize: (tokens: readonly number[]) => Buffer.from(tokens).toString("utf8") };

it("gives whole characters only", () => {
  const text = new TokenText(bytes, []);
  expect([...Buffer.from("a🔥é")].map((byte) => text.push(byte))).toEqual(["a", "", "", "", "🔥", "", "é"]);
  expect(text.end()).toBe("");
});

it("gives what is left of a character that never became whole", () => {
  const cut = new TokenText(bytes, []);
  expect([...Buffer.from("🔥").subarray(0, 2)].map((byte) => cut.push(byte)).join("")).toBe("");
  expect(cut.end()).toBe("\ufffd");
  const broken = new TokenText(bytes, []);
  expect([0xff, 0xff, 0xff, 0xff].map((byte) => broken.push(byte)).join("")).toContain("\ufffd");
});
