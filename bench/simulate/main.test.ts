import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const main = new URL("main.ts", import.meta.url).pathname;

function run(...flags: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...flags], {
    encoding: "utf8",
    timeout: 300_000,
  });
  return { status, out: stdout, err: stderr };
}

test("prints a table with a line for each trace and policy", () => {
  const { status, out, err } = run("--trace", "duel,steady", "--policy", "gated,hearth");
  const lines = out.trim().split("\n");
  expect([status, err]).toEqual([0, ""]);
  expect(lines[0]?.split(/ {2,}/)).toEqual(["trace", "policy", "mean", "p50", "p95", "p99", "max", "swaps", "gave up"]);
  expect(lines.slice(2).map((line) => line.split(/ +/).slice(0, 2).join(" "))).toEqual([
    "duel gated",
    "duel hearth",
    "steady gated",
    "steady hearth",
  ]);
});

test("--json prints the figures of each trace and policy, and nothing else", () => {
  const { out } = run("--trace", "duel", "--policy", "fifo,hearth", "--json");
  const figures = { mean: 0, p50: 0, p95: 0, p99: 0, max: 0, swaps: 0 };
  const numbers = Object.fromEntries(Object.keys(figures).map((key) => [key, expect.any(Number)]));
  expect(JSON.parse(out)).toEqual({ duel: { fifo: numbers, hearth: numbers } });
});

test("--optimum adds the comparison with the clairvoyant optimum", () => {
  const flags = ["--trace", "duel", "--policy", "hearth", "--optimum"];
  expect(run(...flags).out).toContain("Mean wait over the clairvoyant optimum:");
  const { optimum } = JSON.parse(run(...flags, "--json").out) as { optimum: Record<string, { hearth: number }> };
  expect(Object.keys(optimum)).toHaveLength(4);
});

test("--help names every flag, trace and policy", () => {
  const { status, out } = run("--help");
  expect(status).toBe(0);
  for (const word of ["--trace", "--policy", "--optimum", "--json", "alternating", "hearth"])
    expect(out).toContain(word);
});

test.each([
  [["--optimun"], /unknown option '--optimun'/],
  [["--trace", "home,ofice"], /"ofice" is none of home, office/],
  [["--policy", "lru"], /"lru" is none of fifo, gated/],
  [["home"], /too many arguments/],
])("%j is refused with what is wrong and where to look", (flags, message) => {
  const { status, out, err } = run(...flags);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toMatch(message);
  expect(err).toContain("--help");
});
