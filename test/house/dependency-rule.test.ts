import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-house-"));
  cpSync("biome.json", join(folder, "biome.json"));
  spawnSync("git", ["init", "-q", folder]);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Rules that Biome, with this project's configuration, finds broken in these files; and its messages. */
function lint(files: Record<string, string>): { rules: string[]; text: string } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { stdout } = spawnSync(join(process.cwd(), "node_modules/.bin/biome"), ["lint", "--reporter=json", folder], {
    cwd: folder,
    encoding: "utf8",
  });
  const report = JSON.parse(stdout) as { diagnostics: { category: string; severity: string; message: string }[] };
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  return {
    rules: errors.map(({ category }) => category).sort(),
    text: errors.map(({ message }) => message).join("\n"),
  };
}

const one = "export const one = 1;\n";

test.each([
  ["src/domain/scheduler/a.ts", "../../config/types.ts", "src/domain may import no other folder of src"],
  ["src/domain/a.ts", "node:fs", "src/domain is pure"],
  ["src/config/a.ts", "../waker/waker.ts", "src/config may import only src/domain"],
  ["src/catalog/a.ts", "../store/store.ts", "src/catalog may import only"],
  ["src/gateway/relay/a.ts", "../../waker/waker.ts", "src/gateway may import only"],
  ["src/waker/drivers/a.ts", "../../gateway/gateway.ts", "src/waker may import only"],
  ["src/waker/a.ts", "../main.ts", "src/waker may import only"],
  ["src/connect/clients/a.ts", "../../gateway/gateway.ts", "src/connect may import only"],
  ["src/engine/a.ts", "../gateway/gateway.ts", "src/engine may import"],
])("%s must not import %s", (file, target, message) => {
  expect(lint({ [file]: `import * as it from "${target}";\nexport const x = it;\n` }).text).toContain(message);
  expect(lint({ [file]: `export const x = () => import("${target}");\n` }).text).toContain(message);
});

test("gateway and waker meet in link; the composition root may import all", () => {
  const files = {
    "src/link/link.ts": one,
    "src/gateway/gateway.ts": 'export * from "../link/link.ts";\n',
    "src/waker/waker.ts": 'export * from "../link/link.ts";\n',
    "src/main.ts": 'export * from "./gateway/gateway.ts";\nexport * as w from "./waker/waker.ts";\n',
  };
  expect(lint(files).rules).toEqual([]);
});

test("import circles are refused, those of types too", () => {
  const files = {
    "src/domain/a.ts": 'import type { B } from "./b.ts";\nexport type A = B[];\n',
    "src/domain/b.ts": 'import type { A } from "./a.ts";\nexport type B = A[];\n',
  };
  expect(lint(files).rules).toEqual(["lint/suspicious/noImportCycles", "lint/suspicious/noImportCycles"]);
});

test("a file above 400 lines and a function above 60 are refused", () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `  console.log(${n});\n`).join("");
  expect(lint({ "src/a.ts": lines(401) }).rules).toEqual(["lint/style/noExcessiveLinesPerFile"]);
  expect(lint({ "src/a.ts": `export function a() {\n${lines(61)}}\n` }).rules).toEqual([
    "lint/complexity/noExcessiveLinesPerFunction",
  ]);
});
