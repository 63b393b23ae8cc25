import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect } from "vitest";
import { test } from "../../test/support/gateway/harness.ts";
import { TestLink } from "../../test/support/gateway/test-link.ts";
import { testKey } from "../../test/support/hearth-client.ts";

const page = readFileSync(new URL("../../docs/http.md", import.meta.url), "utf8");
const commands = [...page.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block]) => block!.replaceAll("\\\n", "").split("\n"))
  .filter((line) => line.startsWith("curl"));

const curl = spawnSync("curl", ["--version"]).status === 0;

test.skipIf(!curl)("every command of docs/http.md works as it stands (needs curl)", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"choices":[{"message":{"content":"Hello"}}]}');
  });
  const link = new TestLink({ id: "m" });
  link.engine("m", engine.origin);
  const { origin } = await serve(link);
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) {
    const env = { ...process.env, HEARTH: origin, KEY: testKey, MODEL: "m" };
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --fail-with-body`], { env });
    expect(stdout, command).not.toBe("");
  }
  expect(engine.seen).toHaveLength(7);
});
