import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { wellKnownSecret } from "../../src/config/access.ts";
import { readEnvFile } from "../../src/config/env-file.ts";
import { hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";

test("the key that set-up makes is the server's, and doctor finds both well", async ({ start }) => {
  const home = mkdtempSync(join(tmpdir(), "hearth-e2e-"));
  const env = { HEARTH_HOME: join(home, "home"), PATH: "/none", DOCKER_HOST: "unix:///nowhere.sock" };
  expect((await hearthCli(["setup"], { cwd: home, env })).code).toBe(0);
  const { HEARTH_API_KEY } = readEnvFile(join(home, "home/.env"));
  const hearth = await start({ home, models: [{ id: "a" }], env: { HEARTH_API_KEY: "" } });
  const status = async (key: string) => {
    const response = await fetch(`http://127.0.0.1:${hearth.port}/v1/models`, { headers: { "x-api-key": key } });
    return response.status;
  };
  expect([await status(HEARTH_API_KEY!), await status(wellKnownSecret)]).toEqual([200, 401]);
  const told = { ...env, HEARTH_API_KEY: HEARTH_API_KEY!, HEARTH_LISTEN: `127.0.0.1:${hearth.port}` };
  const { checks } = JSON.parse((await hearthCli(["doctor", "--json"], { cwd: home, env: told })).out);
  expect(checks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ check: "port", says: expect.stringContaining(`(pid ${hearth.pid})`) }),
      expect.objectContaining({ check: "keys", status: "pass" }),
      expect.objectContaining({ check: "home", status: "pass" }),
    ]),
  );
});
