import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { withFolder } from "../../../test/support/folder.ts";

test("a backup is made, checked and restored, with the configuration that lay elsewhere", async () => {
  await withFolder(async (cwd) => {
    const run = (...argv: string[]) => hearthCli(argv, { cwd, env: { HEARTH_HOME: join(cwd, "home") } });
    expect(await run("backup")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^error: There is nothing to back/),
    });
    writeFileSync(join(cwd, "hearth.yaml"), "models: [smollm2-135m-instruct]\n");
    expect((await run("keys", "create", "ann")).code).toBe(0);

    const { code, out } = await run("backup", "one");
    expect([code, out]).toEqual([0, expect.stringMatching(/one: \d+\.\d MB, for its owner alone\. It holds keys;/)]);
    const checked = JSON.parse((await run("restore", "one", "--check", "--json")).out);
    expect(checked).toMatchObject({ keys: 1, before: null, config: join(cwd, "hearth.yaml") });
    expect(checked.files).toEqual(expect.arrayContaining(["hearth.db", "hearth.yaml", "instance", "journal.db"]));

    expect((await run("keys", "revoke", "ann")).code).toBe(0);
    const restored = await run("restore", "one");
    expect([restored.code, restored.out]).toEqual([
      0,
      expect.stringMatching(/^Made on .*; 1 key made by .*\nRestored to .*\nWhat was there is in .*before-restore.*\n/),
    ]);
    expect(restored.out).toContain(`Its configuration lay at ${join(cwd, "hearth.yaml")}: it is `);
    expect((await run("keys", "list")).out).toContain("ann");
  });
});

test("without a name it has the date's, and on stdout it is the file alone", async () => {
  await withFolder(async (cwd) => {
    const run = (...argv: string[]) => hearthCli(argv, { cwd, env: { HEARTH_HOME: join(cwd, "home") } });
    await run("keys", "create", "ann");
    mkdirSync(join(cwd, "out"));
    expect((await hearthCli(["backup"], { cwd: join(cwd, "out"), env: { HEARTH_HOME: join(cwd, "home") } })).code).toBe(
      0,
    );
    const [name] = readdirSync(join(cwd, "out"));
    expect(name).toMatch(/^hearth-\d{4}-\d\d-\d\d-\d{6}\.backup$/);
    expect(
      readFileSync(join(cwd, "out", name!))
        .subarray(0, 15)
        .toString(),
    ).toBe("SQLite format 3");
    expect((await run("backup", "-")).out).toMatch(/^SQLite format 3\0/);
  });
});

test("a file that is no backup is refused in a sentence", async () => {
  await withFolder(async (cwd) => {
    const run = (...argv: string[]) => hearthCli(argv, { cwd, env: { HEARTH_HOME: join(cwd, "home") } });
    writeFileSync(join(cwd, "x"), "text");
    expect(await run("restore", "x")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/^error: [^\n]+\n$/),
    });
    expect(await run("restore", "y")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^error: There is no .*y\.\n$/),
    });
  });
});
