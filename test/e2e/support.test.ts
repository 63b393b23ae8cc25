import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";
import { hashedKey, testKey } from "../support/hearth-client.ts";

const secrets = {
  prompt: "MARKER-OF-THE-PROMPT",
  answer: "MARKER-OF-THE-ANSWER",
  person: "marker-of-a-person",
  variable: "marker-of-a-variable",
  argument: "marker-of-an-argument",
  environment: "marker-of-the-environment",
  fault: "marker-of-a-fault",
  admin: testKey,
};

test("the file for a bug report tells of checks, models and requests, and of no prompt, key or person", async ({
  start,
}) => {
  const { prompt, answer, person, variable, argument, environment, fault } = secrets;
  const engine = ["--crash-at-start"];
  const hearth = await start({
    config: { keys: [hashedKey(person)], metrics: { keys: true } },
    models: [
      { id: "a", env: { MY_VALUE: variable } },
      { id: "broken", engine, runtime: { env: { HF_TOKEN: variable } } },
    ],
  });
  const messages = [{ role: "user", content: prompt }];
  await hearth.chat("a", { messages, fake: { say: answer, tokens: 3 } }, { key: person });
  await hearth.chat(prompt, { messages }, { key: person });
  await hearth.chat("broken", { messages });
  const env = {
    HEARTH_HOME: join(hearth.home, "home"),
    HEARTH_CONFIG: hearth.configFile,
    HEARTH_API_KEY: testKey,
    OTHER_TOKEN: environment,
  };
  const made = async () => {
    const { code, out } = await hearthCli(["support", "report.json"], { cwd: hearth.home, env });
    expect([code, out]).toEqual([0, `${join(hearth.home, "report.json")}\n`]);
    expect(statSync(out.trim()).mode & 0o077).toBe(0);
    const text = readFileSync(out.trim(), "utf8");
    for (const [name, secret] of Object.entries(secrets)) expect(text.includes(secret), name).toBe(false);
    return JSON.parse(text);
  };
  const report = await made();
  expect(report.state.models).toMatchObject([{ id: "a", state: "ready" }, { id: "broken" }]);
  expect(report.requests.map(({ status }: { status: number }) => status)).toContain(404);
  expect(report.configuration.models[0]).toMatchObject({ id: "a", fields: { runtime: { kind: "process" } } });
  expect(report.metrics).toContainEqual(expect.stringMatching(/^hearth_requests_total\{model="a",status="200"\} 1$/));
  // A key at the wrong place is a fault of the file, and the file's faults quote it.
  writeFileSync(
    hearth.configFile,
    `keys: [{ name: x, hash: ${fault} }]\nmodels: [{ id: b, runtime: { command: [${argument}] } }]\n`,
  );
  expect((await made()).configuration).toMatch(/faulty/);
});
