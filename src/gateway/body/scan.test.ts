import fc from "fast-check";
import { expect, test } from "vitest";
import { mostDepth, mostMembers } from "./json-limits.ts";
import { type BodyScan, scanBody } from "./scan.ts";

/** What JSON.parse says of the same bytes, in the scan's words. */
function parsed(bytes: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return { kind: "invalid" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { kind: "other" };
  const object = value as Record<string, unknown>;
  const own = (name: string) => (Object.hasOwn(object, name) ? object[name] : undefined);
  const text = (name: string) => (typeof own(name) === "string" ? own(name) : null);
  const number = (name: string) => (typeof own(name) === "number" ? own(name) : null);
  return {
    kind: "object",
    hasModel: own("model") !== undefined,
    model: text("model"),
    stream: own("stream") === true,
    serviceTier: text("service_tier"),
    maxTokens: number("max_tokens"),
    maxCompletionTokens: number("max_completion_tokens"),
    maxOutputTokens: number("max_output_tokens"),
    tools: toolsIn(own("tools")),
    hasToolChoice: own("tool_choice") !== undefined || own("parallel_tool_calls") !== undefined,
    hasStreamOptions: own("stream_options") !== undefined,
    hasNull: Object.values(object).includes(null),
    hasMembers: Object.keys(object).length > 0,
  };
}

function toolsIn(value: unknown): string {
  if (value === undefined) return "none";
  return Array.isArray(value) && value.length > 0 ? "some" : "empty";
}

function scanned(scan: BodyScan): object {
  if (scan.kind !== "object") return { kind: scan.kind };
  const { modelStart, modelEnd, membersStart, size, ...fields } = scan.fields;
  return { kind: "object", hasModel: modelStart >= 0, ...fields };
}

function expectAgreement(bytes: Uint8Array): void {
  const found = scanned(scanBody(bytes));
  const expected = parsed(bytes);
  // A null that a later duplicate overrides is seen all the same.
  expect("hasNull" in expected && expected.hasNull ? found : { ...found, ...nullsOf(expected) }).toEqual(expected);
}

function nullsOf(scan: object): object {
  return "hasNull" in scan ? { hasNull: scan.hasNull } : {};
}

const names = fc.oneof(
  fc.constantFrom("tools", "tool_choice", "parallel_tool_calls", "stream_options"),
  fc.constantFrom("model", "stream", "service_tier", "max_tokens", "max_completion_tokens", "max_output_tokens"),
  fc.constantFrom("Model", "mode", "models", "strean", "__proto__", "constructor", ""),
  fc.string({ unit: "binary" }),
);
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt().map(String),
  fc.constantFrom("0", "-0", "1e400", "-1E-400", "1.50", "0.0e+0"),
);

const text = fc.tuple(fc.string({ unit: "binary" }), fc.nat()).map(([value, seed]) => literal(value, seed));

/** The string as JSON, with the characters that `seed` chooses as escapes. */
function literal(value: string, seed: number): string {
  const letters = [...value].map((letter, index) => {
    return (seed >> (index % 24)) & 1 ? escapes(letter) : JSON.stringify(letter).slice(1, -1);
  });
  return `"${letters.join("")}"`;
}

function escapes(letter: string): string {
  return Array.from(letter.split(""), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}

/** JSON text with every freedom that the grammar has: spaces, escapes, duplicate keys, any nesting. */
const { json, object } = fc.letrec<{ json: string; object: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("true", "false", "null"),
    number,
    text,
    tie("object"),
    fc
      .array(fc.tuple(space, tie("json"), space), { maxLength: 4 })
      .map((items) => `[${items.map((i) => i.join("")).join(",")}]`),
  ),
  object: fc
    .array(fc.tuple(space, names, fc.nat(), space, space, tie("json"), space), { maxLength: 6 })
    .map((members) => {
      const written = members.map(
        ([a, name, seed, b, c, value, d]) => `${a}${literal(name, seed)}${b}:${c}${value}${d}`,
      );
      return `{${written.join(",")}}`;
    }),
}));

const runs = { numRuns: 2000 };

test("whatever is JSON is understood as JSON.parse understands it", () => {
  fc.assert(
    fc.property(fc.oneof(json, object), space, space, (body, before, after) => {
      expectAgreement(Buffer.from(before + body + after));
    }),
    runs,
  );
});

test("whatever is nearly JSON is refused where JSON.parse refuses it", () => {
  const breaks = fc.record({
    at: fc.nat(),
    drop: fc.nat(2),
    put: fc.constantFrom("", '"', "{", "}", ",", ":", "\\", "0", "-", "\u0000", "\ufeff", "é"),
  });
  fc.assert(
    fc.property(object, fc.array(breaks, { minLength: 1, maxLength: 3 }), (body, edits) => {
      let broken = body;
      for (const { at, drop, put } of edits) {
        const place = at % (broken.length + 1);
        broken = broken.slice(0, place) + put + broken.slice(place + drop);
      }
      expectAgreement(Buffer.from(broken));
    }),
    runs,
  );
});

test("any bytes at all are judged as JSON.parse judges them, invalid UTF-8 too", () => {
  const jsonish = fc.constantFrom(...'{}[]",:\\ tfn0-1.eE+u', "\n").map((letter) => letter.charCodeAt(0));
  const byte = fc.oneof({ weight: 5, arbitrary: jsonish }, { weight: 1, arbitrary: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => expectAgreement(Uint8Array.from(bytes))),
    runs,
  );
});

test("a long string ends where it does, whatever byte ends it and wherever the body lies in memory", () => {
  const ending = fc.oneof(fc.constantFrom(0x22, 0x5c, 0x1f, 0x00, 0x0a, 0x20, 0x21, 0x7f, 0x80, 0xff), fc.nat(255));
  fc.assert(
    fc.property(fc.nat(200), ending, fc.nat(7), fc.nat(9), (length, byte, offset, tail) => {
      const memory = Buffer.alloc(offset + 400, "~");
      const text = [
        '{"model":"',
        "\xe9".repeat(length),
        String.fromCharCode(byte),
        "n".repeat(tail),
        '","stream":true}',
      ];
      const body = memory.subarray(offset, offset + memory.write(text.join(""), offset, "latin1"));
      expectAgreement(body);
    }),
    runs,
  );
});

test.each([
  ['\ufeff{"model":"a"}', "a byte order mark"],
  ['{"model":"a",}', "a comma too many"],
  ["{'model':'a'}", "single quotes"],
  ['{"model":"a"} x', "something after the end"],
  ['{"model":01}', "a leading zero"],
  ['{"model":"a\n"}', "a line break in a string"],
  ["", "nothing"],
  ['{"a":NaN}', "NaN"],
  ['{"a":"\\x41"}', "an unknown escape"],
  ['{"a":"\\u00zz"}', "a broken escape"],
])("%j is refused: %s", (body) => {
  expect(scanBody(Buffer.from(body)).kind).toBe("invalid");
  expectAgreement(Buffer.from(body));
});

test("the last of several members counts, however its name is written", () => {
  const body = '{"model":"a","stream":true,"\\u006d\\u006f\\u0064\\u0065\\u006c":"b","str\\u0065am":1}';
  expect(scanBody(Buffer.from(body))).toMatchObject({ fields: { model: "b", stream: false } });
});

const nested = (levels: number) => Buffer.from(`${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`);
const listed = (elements: number) => Buffer.from(`{"a":[${"0,".repeat(elements - 1)}0],"model":"m"}`);

test("a body nests and has members up to the limits, and no further", () => {
  expect(scanBody(nested(mostDepth)).kind).toBe("object");
  expect(scanBody(nested(mostDepth + 1))).toEqual({ kind: "excessive", in: "depth" });
  expect(scanBody(listed(mostMembers - 2)).kind).toBe("object");
  expect(scanBody(listed(mostMembers - 1))).toEqual({ kind: "excessive", in: "members" });
});

test.each([
  ["4 MB of opening brackets", "[".repeat(4_000_000), "depth"],
  ["2 million members", `{${'"a":1,'.repeat(2_000_000)}"b":1}`, "members"],
  ["2 million elements of an array that is no object's", `[${"1,".repeat(2_000_000)}1]`, "members"],
])("%s are given up at the limit, not at their end", (_, body, what) => {
  expect(scanBody(Buffer.from(body))).toEqual({ kind: "excessive", in: what });
  // The rest is not even looked at: it may be anything.
  expect(scanBody(Buffer.from(`${body.slice(0, 1_800_000)}?`))).toEqual({ kind: "excessive", in: what });
});

test("says how many members and elements there are, in whatever depth", () => {
  const sizeOf = (text: string) => {
    const scan = scanBody(Buffer.from(text));
    return scan.kind === "object" ? scan.fields.size : null;
  };
  expect(["{}", '{"a":1,"b":[]}', '{"a":[1,2,{"b":3}]}', "[1]"].map(sizeOf)).toEqual([0, 2, 5, null]);
});
