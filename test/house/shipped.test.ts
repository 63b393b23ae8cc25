import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { describe, expect, test } from "vitest";
import { type Import, readImports } from "./imports.ts";

const shipped = readImports();
const said = ({ file, line, target }: Import) => `${file}:${line} imports ${target}`;
const isOurs = ({ target }: Import) => /\.(ts|mjs|js|json)$/.test(target);

describe("what is shipped", () => {
  test("imports nothing that only development installs", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
    const strangers = shipped.filter(({ target, ...rest }) => {
      if (isOurs({ target, ...rest }) || isBuiltin(target)) return false;
      return !(/^(?:@[^/]+\/)?[^/]+/.exec(target)![0] in dependencies);
    });
    expect(strangers.map(said)).toEqual([]);
  });

  test("imports no test and no test support", () => {
    const inside = ({ target }: Import) => /^(src|bin)\/|^package\.json$/.test(target) && !target.endsWith(".test.ts");
    expect(shipped.filter((one) => isOurs(one) && !inside(one)).map(said)).toEqual([]);
  });

  test("is what git holds: the command is executable, so that npx changes no file", () => {
    const { stdout } = spawnSync("git", ["ls-files", "--stage", "bin/hearth.mjs"], { encoding: "utf8" });
    expect(stdout).toMatch(/^100755 /);
  });
});
