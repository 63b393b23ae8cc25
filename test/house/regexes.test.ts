import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { checkSync } from "recheck";
import checker from "recheck/package.json" with { type: "json" };
import { expect, test } from "vitest";
import { type FoundRegex, regexesIn } from "./regexes.ts";

// The checker as it runs in any process: no Java, no program of its own.
process.env.RECHECK_SYNC_BACKEND = "pure";

/** Folders of `src` that read what strangers, clients and engines send. */
const open = ["config", "control", "domain", "engine", "gateway", "guard", "link"];

const found = globSync(`src/{${open.join(",")}}/**/*.ts`)
  .filter((file) => !file.endsWith(".test.ts"))
  .flatMap((file) => regexesIn(file, readFileSync(file, "utf8")));

/** What the time that it takes grows with, and a text that shows it; null where that is the text's length alone. */
function slowness({ pattern, flags }: Pick<FoundRegex, "pattern" | "flags">): string | null {
  const verdict = checkSync(pattern, flags, { timeout: 120_000, randomSeed: 1 });
  if (verdict.status === "safe") return null;
  return verdict.status === "vulnerable"
    ? `${verdict.complexity.summary}: ${verdict.attack.pattern}`
    : `not judged: ${verdict.error.kind}`;
}

/** Those that were found to be fast on this machine, by this checker: judging one takes a tenth of a second. */
const memory = `node_modules/.cache/hearth/fast-regexes-${checker.version}.json`;

function knownFast(): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(memory, "utf8")) as string[]);
  } catch {
    return new Set();
  }
}

function remember(fast: ReadonlySet<string>): void {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify([...fast]));
}

test("no text makes a regular expression take longer than in proportion to its length", { timeout: 600_000 }, () => {
  expect(found.length).toBeGreaterThan(50);
  const fast = knownFast();
  const slow = found.flatMap((regex) => {
    const written = `/${regex.pattern}/${regex.flags}`;
    const why = fast.has(written) ? null : slowness(regex);
    if (why === null) fast.add(written);
    return why === null ? [] : [`${regex.file}:${regex.line} ${written} ${why}`];
  });
  remember(fast);
  expect(slow).toEqual([]);
});

test.each(["\\s*,\\s*", "(a+)+$", "([\\d.]+)([a-z]+)"])("/%s/ is found to be slow", (pattern) => {
  expect(slowness({ pattern, flags: "" })).toMatch(/polynomial|exponential/);
});

test("a regular expression is found wherever it stands", () => {
  const text = 'const a = /x/i;\nb.replace(/y+/g, "");\nnew RegExp("z", "s");\nconst c = 1 / 2 / 3; // /no/\n';
  expect(regexesIn("src/a.ts", text).map(({ line, pattern, flags }) => `${line} ${pattern} ${flags}`)).toEqual([
    "1 x i",
    "2 y+ g",
    "3 z s",
  ]);
});
