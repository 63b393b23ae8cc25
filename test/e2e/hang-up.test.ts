import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { testKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";
import { OwnedProcess } from "../support/processes/owned-process.ts";
import { until } from "../support/until.ts";

const bin = fileURLToPath(new URL("../../bin/hearth.mjs", import.meta.url));

/** The same server again, under a program of the test's choice: `wrap` gets the command line of `hearth serve`. */
async function under(hearth: HearthServer, wrap: (command: string) => [string, ...string[]]): Promise<OwnedProcess> {
  await hearth.kill("SIGTERM");
  const [program, ...args] = wrap(`${process.execPath} ${bin} serve --config ${hearth.configFile}`);
  const wrapped = new OwnedProcess(program, args, {
    cwd: hearth.home,
    env: { HEARTH_HOME: join(hearth.home, "home"), HEARTH_API_KEY: testKey },
  });
  const ready = () => hearth.get("/readyz").then(({ status }) => status === 200);
  await hearth.until("it to serve again", () => ready().catch(() => false));
  return wrapped;
}

const pidOf = (hearth: HearthServer) => Number(readFileSync(join(hearth.home, "home", "hearth.pid"), "utf8"));

describe.concurrent("whoever reads what Hearth says goes away", () => {
  test("SIGHUP to a service is an order to read the configuration again", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    expect((await hearth.chat("a")).status).toBe(200);
    void hearth.kill("SIGHUP");
    await hearth.until("the reload", async () => hearth.log.includes("applied the changed"));
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("a pipe without a reader ends neither the server nor an answer, and a stop still ends the engine", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const wrapped = await under(hearth, (command) => ["sh", "-c", `${command} 2>&1 | head -c 100`]);
    for (let round = 0; round < 3; round += 1) expect((await hearth.chat("a")).status).toBe(200);
    process.kill(pidOf(hearth), "SIGTERM");
    await wrapped.ends();
    await wrapped.end();
    expect(hearth.stats("a", "sigterm")).toHaveLength(1);
    expect(hearth.leftovers()).toEqual([]);
  });

  test("a terminal that is closed is an orderly stop", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const terminal = await under(hearth, (command) => ["script", "-qfc", `exec ${command}`, "/dev/null"]);
    expect((await hearth.chat("a")).status).toBe(200);
    void terminal.kill("SIGKILL");
    await terminal.exited;
    await until("everything to be gone", () => hearth.leftovers().length === 0);
    expect(hearth.stats("a", "sigterm")).toHaveLength(1);
    await terminal.end();
  });
});

test("a start while the old one stops waits for it, and says so", async ({ start }) => {
  const hearth = await start({ models: [{ id: "a" }] });
  const stream = await hearth.stream("a", { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } });
  await stream.until("two words", ({ words }) => words.includes("word2"));
  const old = hearth.pid;
  const exit = hearth.kill("SIGTERM");
  const next = new OwnedProcess(process.execPath, [bin, "serve", "--config", hearth.configFile], {
    cwd: hearth.home,
    env: { HEARTH_HOME: join(hearth.home, "home"), HEARTH_API_KEY: testKey },
  });
  await next.says(new RegExp(`waiting for the Hearth \\(pid ${old}\\) that stops`));
  await hearth.openGate("a", "long");
  expect(await stream.ended).toBe("whole");
  expect(await exit).toEqual({ code: 0, signal: null });
  await next.says(/^ {2}API +http/m);
  expect((await hearth.chat("a")).status).toBe(200);
  await next.end();
});
