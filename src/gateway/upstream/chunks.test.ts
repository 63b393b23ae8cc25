import fc from "fast-check";
import { expect, test } from "vitest";
import { ChunkReader, contentsOf } from "./chunks.ts";

/** Reads `coded` in pieces of these sizes, the rest at once. */
function read(coded: Buffer, sizes: number[]) {
  const contents: Buffer[] = [];
  const passed: Buffer[] = [];
  const reader = new ChunkReader({
    data: (bytes) => contents.push(bytes),
    chunks(bytes) {
      passed.push(bytes);
      contents.push(...contentsOf(bytes));
    },
  });
  let at = 0;
  let taken = 0;
  for (const size of [...sizes, coded.length]) {
    if (at >= coded.length || reader.over) break;
    taken += reader.read(coded.subarray(at, at + size));
    at += size;
  }
  return { content: Buffer.concat(contents), passed: Buffer.concat(passed), over: reader.over, taken };
}

const code = (chunks: Uint8Array[], upper = false) =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => {
      const size = chunk.length.toString(16);
      return [Buffer.from(`${upper ? size.toUpperCase() : size}\r\n`), chunk, Buffer.from("\r\n")];
    }),
    Buffer.from("0\r\n\r\n"),
  ]);

const chunksOf = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 });
const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 30 });

test("content is the same however the chunks are cut, and what follows them is left alone", () => {
  fc.assert(
    fc.property(chunksOf, cuts, fc.boolean(), fc.uint8Array({ maxLength: 5 }), (chunks, sizes, upper, after) => {
      const coded = code(chunks, upper);
      const result = read(Buffer.concat([coded, after]), sizes);
      expect(result.content).toEqual(Buffer.concat(chunks));
      expect(result.over).toBe(true);
      expect(result.taken).toBe(coded.length);
    }),
  );
});

test("what is passed on coded is valid coding by itself", () => {
  fc.assert(
    fc.property(chunksOf, cuts, (chunks, sizes) => {
      const { passed } = read(code(chunks), sizes);
      const again = read(Buffer.concat([passed, Buffer.from("0\r\n\r\n")]), []);
      expect(again.over).toBe(true);
      expect(again.content).toEqual(Buffer.concat(contentsOf(passed)));
    }),
  );
});

test("chunks that come whole are passed on as they are, the last one never", () => {
  const { passed } = read(Buffer.from("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"), []);
  expect(passed.toString()).toBe("5\r\nhello\r\n1\r\n!\r\n");
});

test("extensions, leading zeros and trailers are read over", () => {
  const { content, over } = read(Buffer.from("0005;name=x\r\nhello\r\n0\r\nx-sum: 1\r\nx-more: 2\r\n\r\n"), []);
  expect([content.toString(), over]).toEqual(["hello", true]);
});

test.each([
  "x\r\n",
  "5\nhello\r\n",
  "\r\n",
  "-1\r\n",
  "5\r\nhello!\r\n",
  "5\r\nhello\n0\r\n\r\n",
  `${"0".repeat(2000)}`,
])("%j is refused", (text) => {
  expect(() => read(Buffer.from(text), [])).toThrow("chunks");
  expect(() => read(Buffer.from(text), Array(text.length).fill(1))).toThrow("chunks");
});

test("a size too large to be true is refused", () => {
  expect(() => read(Buffer.from("ffffffffffffffff\r\n"), [])).toThrow("chunks");
});
