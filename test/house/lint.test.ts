import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../support/folder.ts";

/** Rules that Biome, with this project's configuration, finds broken in these files. */
function brokenRules(files: Record<string, string>): Promise<string[]> {
  return withFolder(async (folder) => {
    cpSync("biome.json", join(folder, "biome.json"));
    spawnSync("git", ["init", "-q", folder]);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(process.cwd(), "node_modules/.bin/biome");
    const { stdout } = spawnSync(biome, ["lint", "--reporter=json", folder], { cwd: folder, encoding: "utf8" });
    const report = JSON.parse(stdout) as { diagnostics: { category: string; severity: string }[] };
    const errors = report.diagnostics.filter(({ severity }) => severity === "error");
    return errors.map(({ category }) => category).sort();
  });
}

test("import circles are refused, those of types too", async () => {
  const files = {
    "src/domain/a.ts": 'import type { B } from "./b.ts";\nexport type A = B[];\n',
    "src/domain/b.ts": 'import type { A } from "./a.ts";\nexport type B = A[];\n',
  };
  expect(await brokenRules(files)).toEqual(["lint/suspicious/noImportCycles", "lint/suspicious/noImportCycles"]);
});

test("a file above 400 lines and a function above 60 are refused", async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `  console.log(${n});\n`).join("");
  expect(await brokenRules({ "src/a.ts": lines(401) })).toEqual(["lint/style/noExcessiveLinesPerFile"]);
  expect(await brokenRules({ "src/a.ts": `export function a() {\n${lines(61)}}\n` })).toEqual([
    "lint/complexity/noExcessiveLinesPerFunction",
  ]);
});
