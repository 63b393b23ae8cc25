import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { hearthCli } from "../../../test/support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-compose-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  vi.stubEnv("DOCKER_HOST", `unix://${join(folder, "none.sock")}`);
});
const env = { HEARTH_HOME: join(folder, "home") };
const run = (argv: string[], more: Record<string, string> = {}) =>
  hearthCli(["compose", ...argv], { env: { ...env, ...more }, cwd: folder });

describe("hearth compose", () => {
  test("renders every model of the catalog that a container serves, for the same home each time", async () => {
    const { code, out, err } = await run([], { HEARTH_ENGINE_NETWORK: "hearth-engines" });
    expect(code).toBe(0);
    const { services, networks } = parse(out);
    expect(Object.keys(services).length).toBeGreaterThan(40);
    expect(networks).toEqual({ engines: { name: "hearth-engines" } });
    expect(out).toMatch(/^# Made by `hearth compose`/);
    expect(err).toMatch(/^warning: No container gets a GPU here/);
    expect((await run([], { HEARTH_ENGINE_NETWORK: "hearth-engines" })).out).toBe(out);
  });

  test("renders the named one, in YAML that 1.1 reads alike", async () => {
    const { out } = await run(["gpt-oss-20b"]);
    expect(Object.keys(parse(out, { version: "1.1" }).services)).toEqual(["model-gpt-oss-20b"]);
    expect(parse(out, { version: "1.1" })).toEqual(parse(out));
    expect(out).toContain('restart: "no"');
  });

  test("renders what a hearth.yaml lists, and says when none of it is a container", async () => {
    const file = join(folder, "mine.yaml");
    writeFileSync(file, "models: [gpt-oss-20b, smollm2-135m-instruct]\n");
    expect(Object.keys(parse((await run(["--config", file])).out).services)).toEqual(["model-gpt-oss-20b"]);
    writeFileSync(file, "models: [smollm2-135m-instruct]\n");
    const { code, err } = await run(["--config", file]);
    expect([code, err]).toEqual([1, expect.stringContaining("None of the configured models runs in a container")]);
  });

  test("a name that is none is refused with the nearest", async () => {
    const { code, err } = await run(["gpt-oss-20bb"]);
    expect([code, err]).toEqual([1, expect.stringContaining("Did you mean ")]);
  });
});
