import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { GrowingBody } from "./growing-body.ts";

const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 });

test("what comes in pieces is the same in one, its length announced or not", () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (parts, announced) => {
      const chunks = parts.filter(({ length }) => length > 0).map((part) => Buffer.from(part));
      const all = Buffer.concat(chunks);
      const body = new GrowingBody(announced ? all.length : 0);
      for (const chunk of chunks) body.add(chunk);
      expect(body.length).toBe(all.length);
      expect(body.bytes().equals(all)).toBe(true);
    }),
  );
});

test("a body of megabytes without a length is whole", () => {
  const chunk = Buffer.alloc(65_536, "0123456789");
  const body = new GrowingBody(0);
  for (let i = 0; i < 100; i++) body.add(chunk);
  expect(body.bytes().equals(Buffer.concat(Array(100).fill(chunk)))).toBe(true);
});

test("a body that is given up leaves no memory behind, even before anything is collected", () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const outside = () => process.memoryUsage().arrayBuffers;
  for (const declared of [64 * 1024 * 1024, 0]) {
    const chunk = Buffer.alloc(1024 * 1024);
    // What earlier tests left must not go while this one looks.
    collect();
    const before = outside();
    const body = new GrowingBody(declared);
    for (let i = 0; i < 40; i++) body.add(chunk);
    expect(outside() - before).toBeGreaterThan(38 * 1024 * 1024);
    body.drop();
    expect(outside() - before).toBeLessThan(4 * 1024 * 1024);
  }
});

test("what has been taken stays", () => {
  const body = new GrowingBody(6);
  body.add(Buffer.from("abc"));
  body.add(Buffer.from("def"));
  const taken = body.bytes();
  body.drop();
  expect(taken.toString()).toBe("abcdef");
});
