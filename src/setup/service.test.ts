import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";
import { setUpIn, undoIn } from "../../test/support/setup/setup-folder.ts";
import { deploymentLayout, homeLayout } from "./layout.ts";
import { systemdUnit } from "./systemd-unit.ts";

const service = true;
const serviceOf = (outcomes: Awaited<ReturnType<typeof setUpIn>>) => outcomes.filter(({ step }) => step === "service");

test.for(["system", "user"] as const)(
  "systemd finds nothing wrong with the unit of the %s",
  async (of, { skip }: TestContext) => {
    if (spawnSync("systemd-analyze", ["--version"]).status !== 0) skip("no systemd-analyze here");
    await withFolder(async (folder) => {
      const units = { of, folder: join(folder, "units") };
      const layout = homeLayout(join(folder, "a home, 100% $HOME"));
      const first = serviceOf(await setUpIn(layout, { wants: { service }, units }));
      expect(first).toMatchObject([{ status: "done", says: expect.stringContaining("systemctl") }]);
      const file = join(units.folder, "hearth.service");
      expect(readFileSync(file, "utf8")).toContain(`WorkingDirectory=${folder}/a home, 100%% $HOME`);
      expect(serviceOf(await setUpIn(layout, { wants: { service }, units }))).toMatchObject([{ status: "there" }]);
      expect(verify(file, of)).toBe("");
      writeFileSync(file, `${readFileSync(file, "utf8")}Typo=1\n`);
      expect(verify(file, of)).toContain("Typo");
      expect(serviceOf(await setUpIn(layout, { wants: { service }, units }))).toMatchObject([{ status: "done" }]);
      expect((await undoIn(layout)).map(({ says }) => says)).toContain(`removed ${file}`);
    });
  },
);

/** What it complains of. */
function verify(file: string, of: "system" | "user"): string {
  const scope = of === "user" ? ["--user"] : [];
  const { stdout, stderr } = spawnSync("systemd-analyze", [...scope, "--man=no", "verify", file], {
    encoding: "utf8",
    env: { ...process.env, XDG_RUNTIME_DIR: "/tmp" },
  });
  const said = `${stdout ?? ""}${stderr ?? ""}`.split("\n");
  return said.filter((line) => line.includes("hearth.service")).join("\n");
}

test("words keep their quotes, backslashes, dollars and per cents", () => {
  const unit = systemdUnit({
    command: ["/a b/node", 'x"y', "$HOME", "c\\d", "50%"],
    home: "/h",
    of: "user",
    path: "/bin",
  });
  expect(unit).toContain('ExecStart="/a b/node" "x\\"y" "$$HOME" "c\\\\d" "50%%"\n');
});

test("a unit that somebody else wrote stays, and containers need none", async () => {
  await withFolder(async (folder) => {
    const units = { of: "user" as const, folder };
    writeFileSync(join(folder, "hearth.service"), "mine");
    expect(serviceOf(await setUpIn(homeLayout(join(folder, "home")), { wants: { service }, units }))).toMatchObject([
      { status: "skipped", says: expect.stringContaining("is yours and stays") },
    ]);
    expect(serviceOf(await setUpIn(deploymentLayout(folder), { wants: { service }, units }))).toMatchObject([
      { status: "skipped", says: expect.stringContaining("Docker itself starts the containers") },
    ]);
    expect(serviceOf(await setUpIn(homeLayout(join(folder, "home")), { units }))).toEqual([]);
  });
});
