import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../support/folder.ts";

const guide = readFileSync("docs/scheduler.md", "utf8");
const decide = readFileSync("src/domain/scheduler/decide.ts", "utf8");
const listOf = (text: string) => /^const rules: Rule\[\] = \[.*\];$/m.exec(text)![0];
const files = [...guide.matchAll(/^```ts\n\/\/ (src\/\S+)\n(.*?)^```$/gms)].map(([, path, text]) => ({
  path: path!,
  text: text!,
}));

test("docs/scheduler.md names the rules in their order", () => {
  const documented = [...guide.matchAll(/^\| `(\w+)` \| .* \| .* \|$/gm)].map(([, name]) => name!);
  expect(listOf(decide)).toBe(`const rules: Rule[] = [${documented.join(", ")}];`);
  expect(listOf(guide)).toBe(listOf(decide).replace("bringBack", "tried, bringBack"));
});

test("the rule of docs/scheduler.md works when it is added as the page says, and the week is as the page says", async () => {
  await withFolder(async (root) => {
    for (const part of ["src", "test/support/scheduler", "bench", "package.json", "tsconfig.json"]) {
      cpSync(part, join(root, part), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(root, "node_modules"));
    expect(files.map(({ path }) => path)).toHaveLength(2);
    for (const { path, text } of files) writeFileSync(join(root, path), text);
    const added = decide.replace(listOf(decide), `import { tried } from "./rules/tried.ts";\n${listOf(guide)}`);
    writeFileSync(join(root, "src/domain/scheduler/decide.ts"), added);

    const run = (...argv: string[]) =>
      execFileSync(process.execPath, argv, { cwd: root, encoding: "utf8", stdio: "pipe" });
    const report = run("node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--no-color", files[1]!.path);
    expect(report).toMatch(/Tests +3 passed/);
    const { mean, max } = JSON.parse(run("bench/simulate/main.ts", "--policy", "hearth", "--trace", "home", "--json"))
      .home.hearth;
    const [, saidMean, saidMax] = /mean of ([\d.]+) s and at\s+most ([\d.]+) s/.exec(guide)!;
    expect([mean.toFixed(1), max.toFixed(1)]).toEqual([saidMean, saidMax]);
  });
});
