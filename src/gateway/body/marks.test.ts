import fc from "fast-check";
import { expect, test } from "vitest";
import { marksIn } from "./marks.ts";

const watched = new Set(["image_url", "developer"]);
const of = (value: unknown, space = 0) => marksIn(Buffer.from(JSON.stringify(value, null, space)), watched);

test.each([0, 2])("words are found as names and as values, nulls and empty calls too, with %i spaces", (space) => {
  expect(of({ a: [{ type: "image_url" }], role: "developer" }, space).words).toEqual(watched);
  expect(of({ image_url: 1 }, space)).toEqual({
    words: new Set(["image_url"]),
    hasNull: false,
    hasEmptyCalls: false,
    hasBrokenArguments: false,
  });
  expect(of({ a: { tools: null } }, space).hasNull).toBe(true);
  expect(of({ tool_calls: [] }, space).hasEmptyCalls).toBe(true);
  const broken = (text: string) => of({ arguments: text }, space).hasBrokenArguments;
  expect(['{"a":"b"}', '{"a":"\\\\"} ', "", '{"a":"b', "{", '"{}"'].map(broken)).toEqual([
    ...[false, false, false],
    ...[true, true, true],
  ]);
});

test("what a text says is none of it, nor is a null that means something", () => {
  const text = JSON.stringify({ tools: null, tool_calls: [], type: "image_url", of: ["developer"] });
  const found = of({
    text: `${text} null \\`,
    content: null,
    schema: { default: null },
    tool_calls: [{}],
    list: [null],
  });
  expect(found).toEqual({ words: new Set(), hasNull: false, hasEmptyCalls: false, hasBrokenArguments: false });
});

test("nothing is missed that JSON.parse finds", () => {
  const word = fc.oneof(fc.constantFrom("image_url", "developer", "tool_calls", "a"), fc.string());
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, word, fc.constant(null), fc.array(tie("any")), fc.dictionary(word, tie("any"))),
  })).any;
  fc.assert(
    fc.property(value, (json) => {
      const found = of({ json });
      JSON.stringify({ json }, (name, inner) => {
        for (const one of [name, inner]) if (watched.has(one)) expect(found.words.has(one)).toBe(true);
        if (name === "tool_calls" && Array.isArray(inner) && inner.length === 0) expect(found.hasEmptyCalls).toBe(true);
        if (inner === null && name === "developer") expect(found.hasNull).toBe(true);
        return inner;
      });
    }),
  );
});
