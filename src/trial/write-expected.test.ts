import { expect, test } from "vitest";
import { parse } from "yaml";
import { expectedFigures } from "./expected-figures.ts";
import { withExpected } from "./write-expected.ts";

const source = "hearth test on box, 2026-11-25";
const figures = expectedFigures(
  { loadSeconds: 12.34, warm: [{ firstTokenSeconds: 0.25, tokensPerSecond: 40 }] },
  source,
);
const block = (indent: string) =>
  [
    "expected:",
    "  tokensPerSecond:",
    "    from: 40",
    "    to: 40",
    `    source: ${source}`,
    "  load:",
    "    time: 12s300ms",
    `    source: ${source}`,
    "  firstToken:",
    "    time: 250ms",
    `    source: ${source}`,
  ]
    .map((line) => indent + line)
    .join("\n");

test("a catalog file keeps every line that it had", () => {
  const text = `# yaml-language-server: $schema=x
id: tiny
memory: 900MiB # measured

# What it can do.
capabilities: [chat, completions]
parameters: { total: 0.135 }
`;
  expect(withExpected(text, { kind: "catalog" }, figures)).toBe(`${text}${block("")}\n`);
});

test("figures of another run stay where they were not measured again", () => {
  const text = `id: tiny\nexpected:\n  # From the card.\n  tokensPerSecond: { from: 1, to: 2, source: old }\n  context: { tokens: 100, source: old }\n`;
  const written = withExpected(text, { kind: "catalog" }, figures);
  expect(written).toContain("  # From the card.\n");
  expect(written).toContain("  context: { tokens: 100, source: old }\n");
  expect(written).toContain("    from: 40\n");
  expect(written).not.toContain("from: 1");
});

test("an entry of hearth.yaml is found by its place, and an id alone becomes `use`", () => {
  const text = `# My machine.
listen: 127.0.0.1:8009 # here
models:
  - id: first
    memory: 1GiB
  # The small one.
  - smollm2 # by its short name
  - use: gpt-oss-20b
`;
  const place = { kind: "config", index: 1 } as const;
  const written = withExpected(text, place, figures);
  expect(written).toContain(block("    "));
  expect(written).toContain("# The small one.\n  - use: smollm2");
  for (const kept of ["# My machine.", "8009 # here", "# by its short name", "- use: gpt-oss-20b"]) {
    expect(written).toContain(kept);
  }
  // Twice is once.
  expect(withExpected(written, place, figures)).toBe(written);
});

test("nothing but the block changes, however the rest is written", () => {
  const text =
    "models:\n- {use: tiny,  memory: 1GiB}   # one\n- use:   other\n  aliases: [a,b]\n\n# The end.\nlisten:  8009\n";
  const second = withExpected(text, { kind: "config", index: 1 }, { context: { tokens: 5, source } });
  const line = `  expected:\n    context:\n      tokens: 5\n      source: ${source}\n`;
  expect(second).toBe(text.replace("[a,b]\n", `[a,b]\n${line}`));
  const first = withExpected(text, { kind: "config", index: 0 }, { context: { tokens: 5, source } });
  expect(parse(first).models[0]).toEqual({ use: "tiny", memory: "1GiB", expected: { context: { tokens: 5, source } } });
  expect(first.split("\n").slice(2)).toEqual(text.split("\n").slice(2));
});

test("a file that ends without a line break is written as well", () => {
  expect(parse(withExpected("id: tiny\nmemory: 1GiB", { kind: "catalog" }, figures))).toMatchObject({
    expected: figures,
  });
});

test("where there is no entry nothing is written", () => {
  expect(() => withExpected("models: []\n", { kind: "config", index: 0 }, figures)).toThrow(/no entry/);
  expect(() => withExpected("- a\n", { kind: "catalog" }, figures)).toThrow(/no entry/);
});
