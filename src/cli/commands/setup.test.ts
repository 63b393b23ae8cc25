import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { withFolder } from "../../../test/support/folder.ts";
import { parseEnvFile } from "../../config/env-file.ts";

/** No Docker, no GPU. */
const machine = { PATH: "/none", DOCKER_HOST: "unix:///nowhere.sock" };

test("set up twice, looked at, and undone", async () => {
  await withFolder(async (folder) => {
    const run = (...argv: string[]) =>
      hearthCli(argv, { cwd: folder, env: { ...machine, HEARTH_HOME: join(folder, "home") } });
    const first = await run("setup", "smollm2-135m-instruct");
    expect([first.code, first.err]).toEqual([0, ""]);
    expect(first.out).toMatch(/^done +keys +wrote HEARTH_API_KEY to .*\.env, for its owner alone$/m);
    expect(first.out).toMatch(
      /\nModel +smollm2-135m-instruct: .*\nKey +sk-hearth-\S+ .*\nAPI +http:\/\/127\.0\.0\.1:8009\/v1\n/,
    );
    expect(first.out).toMatch(/\nConsole +http:\/\/127\.0\.0\.1:8009\nStart it +npx hearth serve\n/);
    expect(first.out).toMatch(/\n {2}curl -N .*\n.*Bearer sk-hearth-\S+' \\\n.*"model":"smollm2-135m-instruct"/);
    const files = () => ["hearth.yaml", ".env"].map((name) => readFileSync(join(folder, "home", name), "utf8"));
    const made = files();

    const second = await run("setup", "--json");
    const { done, outcomes } = JSON.parse(second.out);
    expect([second.code, done]).toEqual([0, true]);
    expect(outcomes.some(({ status }: { status: string }) => status === "done")).toBe(false);
    expect(files()).toEqual(made);
    expect((await run("check")).out).toContain("fine. Models: smollm2-135m-instruct.");
    const { HEARTH_API_KEY } = parseEnvFile(made[1]!);
    expect(second.out).not.toContain(HEARTH_API_KEY);

    expect((await run("setup", "--undo")).out).toMatch(/^skipped +keys .*--purge removes keys/m);
    expect(await run("setup", "--undo", "--purge")).toMatchObject({ code: 2, err: expect.stringContaining("--yes") });
    expect((await run("setup", "--undo", "--purge", "--yes")).code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    expect(await run("setup", "--undo")).toMatchObject({ code: 1, err: expect.stringContaining("nothing to undo") });
  });
});

test("a deployment: .env, configuration and override, and doctor reads them", async () => {
  await withFolder(async (folder) => {
    const run = (...argv: string[]) => hearthCli(argv, { cwd: folder, env: machine });
    const { code, out } = await run("setup", "--dir", "deploy", "qwen3.5-0.8b");
    // What it needs no Docker for is done, but nothing could be started with it.
    expect(code).toBe(1);
    expect(out).toMatch(/^failed +docker +.*run this again when it answers\.$/m);
    expect(out).not.toContain("docker compose up");
    expect(readdirSync(join(folder, "deploy")).sort()).toEqual([
      ".env",
      ".hearth-setup.json",
      "config",
      "docker-compose.override.yml",
    ]);
    const { checks } = JSON.parse((await run("doctor", "--dir", "deploy", "--json")).out);
    expect(checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "keys", status: "pass" }),
        expect.objectContaining({
          check: "configuration",
          status: "pass",
          says: expect.stringContaining("qwen3.5-0.8b"),
        }),
        expect.objectContaining({ check: "docker", status: "fail" }),
      ]),
    );
  });
});

test("an unknown model is refused with the nearest name", async () => {
  await withFolder(async (folder) => {
    const env = { ...machine, HEARTH_HOME: join(folder, "home") };
    const { code, err } = await hearthCli(["setup", "gpt-os-20b"], { cwd: folder, env });
    expect(code).toBe(1);
    expect(err).toContain("gpt-oss-20b");
    expect(readdirSync(folder)).toEqual([]);
  });
});
