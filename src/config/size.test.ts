import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSize, parseSize } from "./size.ts";

test.each([
  ["8GiB", 8 * 1024 ** 3],
  ["10GB", 10 ** 10],
  ["1.5 MiB", 1.5 * 1024 ** 2],
  ["64kB", 64_000],
  ["7B", 7],
  ["0", 0],
])("%s is %d bytes", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(["", "8", "GiB", "8G", "8gib", "-1GiB", "1e3MB", "8Gb", "1,5GiB", `${"9".repeat(30)}TiB`])(
  "%j is no size",
  (text) => {
    expect(parseSize(text)).toBeNull();
  },
);

test("what is formatted parses to the same", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => {
      expect(parseSize(formatSize(bytes))).toBe(bytes);
    }),
  );
});

test("any text is a size of at least 0 whole bytes, or none", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = parseSize(text);
      expect(bytes === null || (Number.isSafeInteger(bytes) && bytes >= 0)).toBe(true);
    }),
  );
});
