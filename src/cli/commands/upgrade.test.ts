import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hearthCli } from "../../../test/support/cli.ts";
import { type MovingHub, startMovingHub } from "../../../test/support/weights/moving-hub.ts";
import { specOf, weightsBytes } from "../../../test/support/weights/weights-file.ts";

const bytes = weightsBytes(50_000);
let folder: string;
let hub: MovingHub;
beforeEach(async () => {
  hub = await startMovingHub();
  folder = mkdtempSync(join(tmpdir(), "hearth-upgrade-"));
  mkdirSync(join(folder, "home"));
  const weights = specOf(bytes, [{ kind: "hub", repo: "tests/tiny", file: "model.gguf", revision: "main" }]);
  const model = { id: "tiny", memory: "1GiB", context: 512, runtime: { kind: "embedded" }, weights };
  writeFileSync(join(folder, "hearth.yaml"), JSON.stringify({ models: [model] }));
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const hearth = (...argv: string[]) => {
  const env = { HEARTH_HOME: join(folder, "home"), HF_ENDPOINT: hub.url, HF_HOME: "/nonexistent", COLUMNS: "1000" };
  return hearthCli(argv, { env, cwd: folder });
};
const short = (commit: string) => commit.slice(0, 12);

test("says old and new for the model that it is for, and goes back the same way", async () => {
  const first = hub.move(bytes);
  expect((await hearth("pull", "tiny")).code).toBe(0);
  const second = hub.move(bytes);

  const dry = await hearth("upgrade", "--dry-run");
  expect(dry.out).toContain(`tests/tiny@main, for tiny\n  ${short(first)} -> ${short(second)}\n`);
  expect(dry.out).toContain("1 of 1 would move. Nothing was changed.");
  expect((await hearth("upgrade", "tiny")).out).toContain(`${short(first)} -> ${short(second)}`);
  expect((await hearth("upgrade")).out).toContain(`${short(second)}, as before\nNothing has moved.`);
  expect((await hearth("upgrade", "--back")).out).toContain(`${short(second)} -> ${short(first)}`);
});

test("what cannot be asked stays, is told, and fails the command", async () => {
  const first = hub.move(bytes);
  await hearth("pull", "tiny");
  hub.knowsCommits = false;
  const { code, out } = await hearth("upgrade");
  expect(code).toBe(1);
  expect(out).toContain(`stays at ${short(first)}: hub tests/tiny (main): `);
});

test("a machine that has fetched nothing has nothing to move", async () => {
  expect(await hearth("upgrade")).toMatchObject({ code: 0, out: expect.stringContaining("Nothing is kept of that") });
  expect(await hearth("upgrade", "--back")).toMatchObject({ code: 0, out: expect.stringContaining("no way back") });
  expect(await hearth("upgrade", "tinny")).toMatchObject({ code: 1, err: expect.stringContaining('"tinny"') });
});

test("`models show` says what is kept, and the command that a start would take", async () => {
  const since = "2026-11-25T10:00:00.000Z";
  const kept = { is: "a".repeat(40), since, before: "b".repeat(40) };
  const resolved = { commits: { "openai/gpt-oss-20b@main": kept }, digests: {} };
  expect((await hearth("models", "show", "gpt-oss-20b")).out).toContain("--revision main");
  writeFileSync(join(folder, "home", "resolved.json"), JSON.stringify(resolved));
  const { out } = await hearth("models", "show", "gpt-oss-20b");
  expect(out).toContain(`openai/gpt-oss-20b@main is ${kept.is} since 2026-11-25, was ${kept.before}`);
  expect(out).toContain(`--revision ${kept.is}`);
});
