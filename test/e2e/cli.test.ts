import { join } from "node:path";
import { describe, expect } from "vitest";
import { type CliOptions, hearthCli } from "../support/cli.ts";
import { test } from "../support/e2e.ts";
import type { HearthServer } from "../support/hearth-server.ts";

/** A command on the machine of that server. */
function cli(hearth: HearthServer, argv: string[], options: CliOptions = {}) {
  return hearthCli(argv, { ...options, env: { HEARTH_HOME: join(hearth.home, "home"), ...options.env } });
}

describe.concurrent("commands on the machine of a running server need no key", () => {
  test("run streams the answer to stdout and the waiting to stderr", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "200"] }] });
    const { code, out } = await cli(hearth, ["run", "a", "hello"]);
    expect(code).toBe(0);
    expect(out).toMatch(/\S+.*\n$/);
    const json = JSON.parse((await cli(hearth, ["run", "a", "hello", "--json"])).out);
    expect(json).toMatchObject({ model: "a", usage: { promptTokens: expect.any(Number) } });
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("ps shows what runs and why, models what there is, stop stops it", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b", context: 4096 }] });
    expect((await cli(hearth, ["ps"])).out).toContain("No model runs.");
    await hearth.chat("a");
    expect((await cli(hearth, ["ps"])).out).toMatch(/^a +ready .* in 2?[0-9] min/m);
    expect((await cli(hearth, ["models"])).out).toMatch(/^b +absent +[\d.]+ GiB +in /m);
    expect((await cli(hearth, ["stop", "a"])).code).toBe(0);
    await hearth.until("the stop", async () => (await hearth.model("a")).state === "absent");
    const { models } = JSON.parse((await cli(hearth, ["ps", "--json"])).out);
    expect(models).toMatchObject([
      { id: "a", state: "absent" },
      { id: "b", state: "absent" },
    ]);
  });

  test("logs shows an engine's words, also when it has ended, and follows them", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    await hearth.chat("a");
    expect((await cli(hearth, ["logs", "a"])).out).toMatch(/\S/);
    const enough = new AbortController();
    const { code } = await cli(hearth, ["logs", "a", "-f"], { signal: enough.signal, onOut: () => enough.abort() });
    expect(code).toBe(0);
  });

  test("clear lets a model be tried again that failed too often", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--crash-starts", "3"] }] });
    await hearth.until("the quarantine", async () => {
      const { json } = await hearth.chat("a");
      return json.error.message.includes("`hearth clear a`");
    });
    expect((await cli(hearth, ["clear", "a"])).out).toBe("a may be started again: ask for it.\n");
    expect((await hearth.chat("a")).status).toBe(200);
  });

  test("a key made by command works at once, and no longer once it is revoked", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b" }] });
    const { out } = await cli(hearth, ["keys", "create", "family", "--models", "a"]);
    const key = out.trim();
    expect((await hearth.chat("a", {}, { key })).status).toBe(200);
    expect((await hearth.chat("b", {}, { key })).status).toBe(404);
    expect((await cli(hearth, ["keys", "list"])).out).toContain("family");
    expect((await cli(hearth, ["keys", "revoke", "family"])).code).toBe(0);
    expect((await hearth.chat("a", {}, { key })).status).toBe(401);
  });

  test("an unknown model is answered with the server's own words", async ({ start }) => {
    const hearth = await start({ models: [{ id: "model-a" }] });
    for (const argv of [
      ["run", "model-b", "hello"],
      ["stop", "model-b"],
      ["logs", "model-b"],
    ]) {
      const { code, err } = await cli(hearth, argv);
      expect([argv[0], code]).toEqual([argv[0], 1]);
      expect(err).toContain("model-a");
    }
  });

  test("from another machine HEARTH_URL and HEARTH_API_KEY say where and who", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const env = { HEARTH_URL: hearth.url, HEARTH_HOME: "/nonexistent" };
    expect((await hearthCli(["ps"], { env })).err).toContain("HEARTH_API_KEY");
    const wrong = await hearthCli(["ps"], { env: { ...env, HEARTH_API_KEY: "wrong" } });
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("key is not known") });
  });
});
