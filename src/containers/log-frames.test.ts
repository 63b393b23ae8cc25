import fc from "fast-check";
import { expect, test } from "vitest";
import { unframe } from "./log-frames.ts";
import { lines } from "./logs.ts";

function framed(text: Buffer, stream: number): Buffer {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}

async function* cut(bytes: Buffer, sizes: number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const end = at + (sizes[turn % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, end);
    at = end;
  }
}

test("frames are put together however they arrive", async () => {
  const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 });
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(texts, sizes, async (all, cuts) => {
      const bytes = Buffer.concat(all.map((text, index) => framed(Buffer.from(text), 1 + (index % 2))));
      const whole = Buffer.concat(await Array.fromAsync(unframe(cut(bytes, cuts))));
      expect(whole.toString()).toBe(all.join(""));
    }),
  );
});

test("a frame that the daemon did not finish is left out", async () => {
  const bytes = Buffer.concat([framed(Buffer.from("whole\n"), 1), framed(Buffer.from("half"), 2).subarray(0, 9)]);
  expect(Buffer.concat(await Array.fromAsync(unframe(cut(bytes, [5])))).toString()).toBe("whole\n");
});

test("lines are whole, whatever ends them and wherever they are cut", async () => {
  const bytes = Buffer.from("one\r\ntwo\n\nloading 10%\rloading 20%\rdrei ä\nlast");
  for (const size of [1, 2, 3, 100]) {
    const heard = await Array.fromAsync(lines(cut(bytes, [size])));
    expect(heard.filter((line) => line !== "")).toEqual([
      ...["one", "two", "loading 10%", "loading 20%", "drei ä", "last"],
    ]);
  }
});
