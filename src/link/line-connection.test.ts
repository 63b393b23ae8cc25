import { Duplex } from "node:stream";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { lineConnection } from "./line-connection.ts";
import { silenceMilliseconds } from "./wire.ts";

/** A stream that keeps what is written, and whose bytes the test pushes. */
class Wire extends Duplex {
  written = "";
  override _read(): void {}
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
}

function connected() {
  const wire = new Wire();
  const messages: unknown[] = [];
  const ends: string[] = [];
  const connection = lineConnection<unknown, unknown>(
    wire,
    z.unknown().refine((value) => value !== "bad"),
    (message) => messages.push(message),
    (reason) => ends.push(reason),
  );
  return { wire, messages, ends, connection };
}

test("messages arrive whole and in order, however their bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.json()), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (texts, sizes) => {
      const { wire, messages, connection } = connected();
      const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(""));
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length]!;
        wire.emit("data", bytes.subarray(at, at + size));
        at += size;
      }
      expect(messages).toEqual(texts.map((text) => JSON.parse(text)));
      connection.close();
    }),
  );
});

test("a message is one line", () => {
  const { wire, connection } = connected();
  connection.send({ text: "two\nlines" });
  expect(wire.written).toBe('{"text":"two\\nlines"}\n');
});

test("what is not JSON ends the connection, once, with the reason", () => {
  const { wire, ends, messages } = connected();
  wire.emit("data", Buffer.from('{"a":1}\nnonsense\n{"b":2}\n'));
  wire.destroy();
  expect(messages).toEqual([{ a: 1 }]);
  expect(ends).toEqual(["a message is not JSON"]);
});

test("a message that is none of the protocol's ends the connection, and its words are not told", () => {
  const { wire, ends, messages } = connected();
  wire.emit("data", Buffer.from('{"a":1}\n"bad"\n{"b":2}\n'));
  expect(messages).toEqual([{ a: 1 }]);
  expect(ends).toEqual(["a message is none of this protocol's: custom"]);
});

test("a message that cannot be dealt with ends the connection alone", () => {
  const wire = new Wire();
  const ends: string[] = [];
  const fail = () => {
    throw new Error("no such thing");
  };
  lineConnection(wire, z.unknown(), fail, (reason) => ends.push(reason));
  wire.emit("data", Buffer.from("{}\n{}\n"));
  expect(ends).toEqual(["a message could not be dealt with: no such thing"]);
});

test("a line without end is not kept without end", () => {
  const { wire, ends } = connected();
  const piece = Buffer.alloc(1024 * 1024, "x");
  for (let count = 0; count < 10; count += 1) wire.emit("data", piece);
  expect(ends).toEqual(["a message is too long"]);
});

test("a peer that falls silent is gone", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    const { wire, ends } = connected();
    vi.advanceTimersByTime(silenceMilliseconds * 0.8);
    wire.emit("data", Buffer.from("{}\n"));
    vi.advanceTimersByTime(silenceMilliseconds * 0.8);
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(silenceMilliseconds);
    expect(ends).toEqual(["the other side has fallen silent"]);
  } finally {
    vi.useRealTimers();
  }
});
