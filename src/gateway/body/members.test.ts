import fc from "fast-check";
import { expect, test } from "vitest";
import { membersOf, withMembers } from "./members.ts";

const changed = (text: string, changes: Record<string, string | null>) => {
  const bytes = Buffer.from(text);
  return withMembers(bytes, membersOf(bytes), new Map(Object.entries(changes))).toString();
};

test("what is put in stands first, and every other byte stays", () => {
  expect(changed(' { "a" : 1e400,\n "b":[1 , 2] } ', { c: "true" })).toBe(' {"c":true, "a" : 1e400,\n "b":[1 , 2] } ');
  expect(changed("{ }", { c: "1", d: '"x"' })).toBe('{"c":1,"d":"x" }');
  expect(changed('{"a":1}', {})).toBe('{"a":1}');
  expect(changed('{"a":1}', { b: null })).toBe('{"a":1}');
});

test("what is taken out or replaced is gone wherever it stood, and values keep their bytes", () => {
  expect(changed('{"a":1, "b":12345678901234567890 ,"a":{"x":[]}}', { a: null })).toBe('{"b":12345678901234567890}');
  expect(changed('{"a":1,"\\u0061":2,"b":"\\u00e9"}', { a: "3" })).toBe('{"a":3,"b":"\\u00e9"}');
  expect(changed('{"a":1}', { a: null })).toBe("{}");
});

test("the result is what JSON.parse would have made of it", () => {
  const name = fc.constantFrom("a", "b", 'c"', "é", "");
  const object = fc.dictionary(name, fc.jsonValue());
  fc.assert(
    fc.property(object, fc.dictionary(name, fc.option(fc.jsonValue())), fc.nat(2), (body, changes, indent) => {
      const texts = Object.entries(changes).map(([key, value]) => [key, value === null ? null : JSON.stringify(value)]);
      const expected: Record<string, unknown> = { ...body };
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) delete expected[key];
        else expected[key] = JSON.parse(JSON.stringify(value));
      }
      const text = changed(JSON.stringify(body, null, indent), Object.fromEntries(texts));
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
  );
});
