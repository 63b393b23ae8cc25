import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { wellKnownSecret as wellKnown } from "../../src/config/access.ts";
import { hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";
import { freePort } from "../support/free-port.ts";
import { HearthClient, hashedKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";

/** As a newcomer starts it: nobody has set a key. */
const keyless = { models: [{ id: "a" }], env: { HEARTH_API_KEY: "" } };
const inHome = (hearth: HearthServer, file: string) => join(hearth.home, "home", file);
const adminKey = (hearth: HearthServer) => readFileSync(inHome(hearth, "admin-key"), "utf8").trim();
const models = async (hearth: HearthClient, key: string) => (await hearth.get("/v1/models", { key })).status;
const control = async (hearth: HearthClient, key: string) => (await hearth.get("/hearth/v1/state", { key })).status;
const cli = (hearth: HearthServer, argv: string[]) =>
  hearthCli(argv, { env: { HEARTH_HOME: join(hearth.home, "home") } });

describe.concurrent("who may come in", () => {
  test("the first start prints an admin key of this installation alone; the README's key uses models and no more", async ({
    start,
  }) => {
    const hearth = await start(keyless);
    const key = adminKey(hearth);
    expect(hearth.log).toContain(key);
    expect(hearth.log).toMatch(/63TestTOKEN0REPLACEME, which everybody knows/);
    expect(statSync(inHome(hearth, "admin-key")).mode & 0o777).toBe(0o600);
    expect([await models(hearth, key), await control(hearth, key)]).toEqual([200, 200]);
    expect([await models(hearth, wellKnown), await control(hearth, wellKnown)]).toEqual([200, 403]);
    expect((await cli(hearth, ["key"])).out).toBe(`${key}\n`);
    expect((await cli(hearth, ["ps"])).code).toBe(0);
  });

  test("the first key ends the README's and says so; it never comes back", async ({ start }) => {
    const first = await start(keyless);
    const made = await cli(first, ["keys", "create", "tom"]);
    expect(made.err).toMatch(/one of the documentation no longer works.*hearth key.*--admin/s);
    expect((await cli(first, ["keys", "create", "ann"])).err).not.toMatch(/documentation/);
    expect([await models(first, made.out.trim()), await models(first, wellKnown)]).toEqual([200, 401]);
    for (const name of ["tom", "ann"]) await cli(first, ["keys", "revoke", name]);
    expect([await models(first, wellKnown), await control(first, adminKey(first))]).toEqual([401, 200]);
    const misfortunes = [
      () => {},
      () => truncateSync(inHome(first, "hearth.db")),
      () => rmSync(inHome(first, "hearth.db")),
    ];
    let hearth = first;
    for (const misfortune of misfortunes) {
      await hearth.stop();
      misfortune();
      hearth = await start({ ...keyless, home: first.home });
      expect([await models(hearth, wellKnown), await control(hearth, adminKey(hearth))]).toEqual([401, 200]);
    }
    expect(hearth.log).toMatch(/database .* is new.*keys that were made before are gone/);
  });

  test("a key of the file counts too, also when it is taken out again", async ({ start }) => {
    const hearth = await start({ ...keyless, config: { keys: [hashedKey("family")] } });
    expect([await models(hearth, "family"), await models(hearth, wellKnown)]).toEqual([200, 401]);
    hearth.writeConfig(keyless);
    await hearth.until("the changed file", async () => (await models(hearth, "family")) === 401);
    expect(await models(hearth, wellKnown)).toBe(401);
  });

  test("an emptied file is refused, and so is one without keys and address while others reach Hearth", async ({
    start,
  }) => {
    const port = await freePort();
    const hearth = await start({ ...keyless, config: { listen: `0.0.0.0:${port}`, keys: [hashedKey("family")] } });
    const client = new HearthClient(`http://127.0.0.1:${port}`);
    writeFileSync(hearth.configFile, "");
    await hearth.until("the refusal", async () => /the file is empty now/.test(hearth.log));
    writeFileSync(hearth.configFile, "log: { level: debug }\n");
    await hearth.until("the refusal", async () => /all keys are gone while 0\.0\.0\.0/.test(hearth.log));
    expect([await models(client, "family"), await models(client, wellKnown)]).toEqual([200, 401]);
    await client.disconnect();
  });

  test("what an administrator does is logged with who did it, and wrong keys with their address", async ({ start }) => {
    const hearth = await start({ ...keyless, config: { keys: [hashedKey("boss", { role: "admin" })] } });
    await hearth.post("/hearth/v1/models/a/pin", {}, { key: "boss" });
    const { json } = await hearth.post("/hearth/v1/keys", { name: "tom" }, { key: "boss" });
    await hearth.send("/hearth/v1/keys/tom", { method: "DELETE", key: "boss" });
    await hearth.get("/v1/models", { key: "a-wrong-secret" });
    const lines = hearth.log.split("\n");
    for (const act of ["pinModel", "createKey", "revokeKey"]) {
      expect(lines.find((line) => line.includes(act))).toContain('"by":"boss"');
    }
    expect(lines.find((line) => line.includes("wrong keys"))).toContain('"address":"127.0.0.1","refused":1');
    expect(hearth.log).not.toContain("a-wrong-secret");
    expect(hearth.log).not.toContain(json.secret);
  });
});
