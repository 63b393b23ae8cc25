import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hearthCli } from "../../test/support/cli.ts";
import { commands } from "./commands.ts";

const folder = mkdtempSync(join(tmpdir(), "hearth-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { HEARTH_HOME: join(folder, "home") };
const run = (...argv: string[]) => hearthCli(argv, { env, cwd: folder });

describe("hearth", () => {
  test("--help lists every command or its group with what it does", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const name of Object.keys(commands)) expect(out).toMatch(new RegExp(`^  ${name.split(" ")[0]}\\b.*\\w`, "m"));
  });

  test.each(Object.keys(commands))("%s --help says what it does, with examples that call it", async (name) => {
    const { command } = await commands[name]!();
    const { code, out } = await run(...name.split(" "), "--help");
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, " ")).toContain(command.summary);
    expect(out).toContain("Examples:\n  $ ");
    for (const [line] of command.examples) expect(line).toContain(name.split(" ")[0]);
  });

  test("every file of commands/ is a command in the table, under its own name", async () => {
    const files = globSync("src/cli/commands/*.ts").filter((file) => !file.endsWith(".test.ts"));
    const loaded = await Promise.all(Object.values(commands).map((load) => load()));
    const named = loaded.map(({ command }) => `src/cli/commands/${command.name.replace(" ", "-")}.ts`);
    expect(named.sort()).toEqual(files.sort());
    for (const [name, load] of Object.entries(commands)) expect((await load()).command.name).toBe(name);
  });

  test("a wrong command or option ends with 2 and names the nearest", async () => {
    expect(await run("modles")).toMatchObject({ code: 2, err: expect.stringContaining("Did you mean models?") });
    expect(await run("ps", "--jsn")).toMatchObject({ code: 2, err: expect.stringContaining("--json") });
  });

  test("says how to start a server where there is none", async () => {
    const { code, err } = await run("ps");
    expect(code).toBe(1);
    expect(err).toMatch(/^error: No Hearth runs here\. Start one with `hearth serve`/);
  });
});

describe("hearth check", () => {
  test("a good file is fine", async () => {
    writeFileSync(join(folder, "good.yaml"), "models: [smollm2-135m-instruct]\n");
    const { code, out } = await run("check", "good.yaml");
    expect([code, out]).toEqual([0, `${folder}/good.yaml: fine. Models: smollm2-135m-instruct.\n`]);
  });

  test("a bad file is shown with the line and a caret", async () => {
    writeFileSync(join(folder, "bad.yaml"), "polcy:\n  idleStop: 1s\n");
    const { code, out } = await run("check", "bad.yaml");
    expect(code).toBe(1);
    expect(out).toBe("error bad.yaml:1:1: polcy: unknown key. Did you mean `policy`?\n  |\n1 | polcy:\n  | ^^^^^\n");
  });

  test("--json is for scripts", async () => {
    writeFileSync(join(folder, "unknown.yaml"), "models: [smolm2-135m-instruct]\n");
    const { code, out } = await run("check", "unknown.yaml", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      issues: [{ line: 1, column: 10, nearest: "smollm2-135m-instruct" }],
    });
  });

  test("a file that is not there is said to be so", async () => {
    expect(await run("check", "none.yaml")).toMatchObject({ code: 1, out: expect.stringContaining("no such file") });
  });
});

describe("hearth keys, without a server", () => {
  test("a key is shown once, listed without its secret, and revoked", async () => {
    const made = await run("keys", "create", "family", "--models", "a*,b");
    expect(made.out).toMatch(/^sk-hearth-\S{32}\n$/);
    const { out } = await run("keys", "list", "--json");
    expect(JSON.parse(out)).toMatchObject([{ name: "family", models: ["a*", "b"], role: "user" }]);
    expect(out).not.toContain(made.out.trim());
    expect(await run("keys", "create", "family")).toMatchObject({ code: 1, err: expect.stringContaining("exists") });
    expect((await run("keys", "revoke", "family")).code).toBe(0);
    expect(await run("keys", "revoke", "family")).toMatchObject({
      code: 1,
      err: expect.stringContaining('no key named "family"'),
    });
  });

  test("a wrong priority is refused", async () => {
    expect(await run("keys", "create", "x", "--priority", "high")).toMatchObject({
      code: 2,
      err: expect.stringContaining('interactive or batch, not "high"'),
    });
  });
});

describe("the state directory", () => {
  test("is the one that the server's file names, found here or by --config", async () => {
    const here = join(folder, "here");
    mkdirSync(here);
    writeFileSync(join(here, "hearth.yaml"), "home: state\n");
    const elsewhere = { env: { HOME: folder }, cwd: here };
    expect((await hearthCli(["keys", "create", "ann"], elsewhere)).code).toBe(0);
    expect(existsSync(join(here, "state", "hearth.db"))).toBe(true);
    const named = ["keys", "list", "--json", "--config", "here/hearth.yaml"];
    const { out } = await hearthCli(named, { env: { HOME: folder }, cwd: folder });
    expect(JSON.parse(out)).toMatchObject([{ name: "ann" }]);
  });
});

describe("hearth pull", () => {
  test("an unknown model is named with the nearest", async () => {
    expect(await run("pull", "smollm")).toMatchObject({ code: 1, err: expect.stringContaining("Did you mean") });
  });
});
