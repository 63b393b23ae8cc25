import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { asChunk } from "./chunk.ts";
import { EventEdge } from "./event-edge.ts";

/** What a client's parser makes of a comment at this place: it hears of it, and no event is lost, split or made up. */
function takesComment(before: string, after: string): boolean {
  const read = (text: string) => {
    const events: string[] = [];
    createParser({ onEvent: ({ data }) => events.push(data) }).feed(text);
    return events;
  };
  return JSON.stringify(read(`${before}: c\n\n${after}`)) === JSON.stringify(read(before + after));
}

const piece = fc.array(fc.constantFrom("data: a", "x", "\n", "\r\n", "\n\n", "\r\n\r\n", "data: b\n\n"), {
  minLength: 1,
  maxLength: 6,
});
const pieces = fc.array(
  piece.map((parts) => parts.join("")),
  { maxLength: 8 },
);

test("an edge is where a comment splits no event, however the stream is cut, in chunks or not", () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (cut, chunked) => {
      const edge = new EventEdge();
      for (const part of cut) {
        if (chunked) edge.takeChunks(asChunk(Buffer.from(part)));
        else edge.take(part);
      }
      if (edge.isBetween) expect(takesComment(cut.join(""), "data: after\n\n")).toBe(true);
    }),
  );
});

test.each([
  ["nothing", [], true],
  ["an event", ["data: a\n\n"], true],
  ["an event of CRLF lines", ["data: a\r\n\r\n"], true],
  ["an end in two pieces", ["data: a\n", "\n"], true],
  ["an end in four pieces", ["data: a", "\r", "\n", "\r", "\n"], true],
  ["half an event", ["data: a"], false],
  ["a line of one", ["data: a\n"], false],
  ["a line of one with CRLF", ["data: a\r\n"], false],
  ["the same in two pieces", ["data: a\r", "\n"], false],
  ["a beginning after an end", ["data: a\n\nd"], false],
])("after %s", (_, parts, between) => {
  const [plain, single, joined] = [new EventEdge(), new EventEdge(), new EventEdge()];
  for (const part of parts) plain.take(Buffer.from(part));
  for (const part of parts) single.takeChunks(asChunk(Buffer.from(part)));
  if (parts.length > 0) joined.takeChunks(Buffer.concat(parts.map((part) => asChunk(Buffer.from(part)))));
  expect([plain.isBetween, single.isBetween, joined.isBetween]).toEqual([between, between, between]);
});
