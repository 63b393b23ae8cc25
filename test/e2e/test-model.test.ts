import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parse } from "yaml";
import { type CliOptions, hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";
import type { HearthServer } from "../support/hearth-server.ts";

/** `hearth test` on the machine of that server. */
function trial(hearth: HearthServer, argv: string[], options: CliOptions = {}) {
  const env = { HEARTH_HOME: join(hearth.home, "home"), HEARTH_CONFIG: hearth.configFile };
  return hearthCli(["test", ...argv], { cwd: hearth.home, ...options, env });
}

const weather = (city: string) => ({ name: "get_weather", arguments: { city } });

test("a model that does what it claims passes, and its figures are kept for the next run", {
  timeout: 120_000,
}, async ({ start }) => {
  const hearth = await start({
    models: [
      { id: "a", context: 4096, capabilities: ["chat", "completions", "embeddings"], engine: ["--context", "4096"] },
    ],
  });
  const { code, out, err } = await trial(hearth, ["a", "--write", "--report", "pull-request.md"]);
  expect([code, err]).toEqual([0, expect.any(String)]);
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(out).toMatch(/^apis\/anthropic-streamed +passed/m);
  expect(out).toMatch(/^soak +passed/m);
  // The load was one that was seen: it was not there before, and was not started twice for it.
  expect(out).toMatch(/^speed\/cold +passed .*ready in/m);
  expect(out).toMatch(/^tools\/call +skipped +its entry does not claim tools/m);
  expect(err).toMatch(/1 of \d+: speed\/cold/);
  const { expected } = parse(readFileSync(hearth.configFile, "utf8")).models[0];
  expect(expected.context.tokens).toBeGreaterThan(3500);
  expect(expected.context.tokens).toBeLessThanOrEqual(4096);
  expect(readFileSync(join(hearth.home, "pull-request.md"), "utf8")).toMatch(/- \[x\] Context window reached/);
  // A later run says what has become worse.
  const text = readFileSync(hearth.configFile, "utf8");
  writeFileSync(hearth.configFile, text.replace(/tokens: \d+/, "tokens: 1000000"));
  const later = JSON.parse((await trial(hearth, ["a", "--only", "soak,memory", "--json"])).out);
  expect(later).toMatchObject({ model: "a", passed: true, worse: [expect.stringContaining("1000000 are expected")] });
});

test("a claim that does not hold fails, with what was sent and what came", { timeout: 120_000 }, async ({ start }) => {
  const hearth = await start({
    models: [{ id: "a", aliases: ["short"], capabilities: ["chat", "tools", "json", "vision"] }],
  });
  const { code, out } = await trial(hearth, ["short", "--quick", "--only", "tools,json,vision", "--json"]);
  expect(code).toBe(1);
  const { results } = JSON.parse(out);
  expect(results).toHaveLength(6);
  for (const result of results) {
    expect(result).toMatchObject({ outcome: "failed", sent: { model: "a" }, came: expect.anything() });
  }
  const { out: table } = await trial(hearth, ["a", "--only", "tools/call"]);
  for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(table).toMatch(/^tools\/call: no call of a tool\n {2}sent: \{"model":"a"/m);
});

test("calls of tools are proved one, several, streamed, and to the answer", { timeout: 120_000 }, async ({ start }) => {
  const hearth = await start({ models: [] });
  const script = join(hearth.home, "script.json");
  const calls = [weather("Paris"), weather("Tokyo")];
  writeFileSync(
    script,
    JSON.stringify({
      turns: [
        { tokens: 0, calls },
        { tokens: 2, say: "23 degrees" },
      ],
    }),
  );
  hearth.writeModels([{ id: "a", capabilities: ["chat", "tools"], engine: ["--script", script] }]);
  await hearth.until("the model", async () => (await hearth.model("a")) !== undefined);
  const { code, out } = await trial(hearth, ["a", "--only", "tools"]);
  expect(out).toMatch(/4 passed, 0 failed/);
  expect(code).toBe(0);
});

test("a model that is not there and a trial that is not there are said", async ({ start }) => {
  const hearth = await start({ models: [{ id: "a" }] });
  const missing = await trial(hearth, ["b"]);
  expect(missing.code).toBe(1);
  expect(missing.err).toContain('"b"');
  const wrong = await trial(hearth, ["a", "--only", "tool"]);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("Did you mean tools?");
});
