import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** What `npm start` runs and the image holds: everything under bin and src that is no test. */
const shipped = globSync("{bin,src}/**/*.{ts,mjs}").filter((file) => !file.endsWith(".test.ts"));

/** Modules that a text names in its imports, as they stand there. */
function importsOf(text: string): string[] {
  const named = /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gms;
  return [...text.matchAll(named)].map(([, from, bare, called]) => (from ?? bare ?? called)!);
}

const imports = shipped.flatMap((file) => importsOf(readFileSync(file, "utf8")).map((name) => ({ file, name })));
const said = ({ file, name }: { file: string; name: string }) => `${file} imports ${name}`;

describe("what is shipped", () => {
  test("is read: every kind of import is seen", () => {
    const text = 'import a, {\n  b,\n} from "x";\nexport * from "./y.ts";\nimport "z";\nawait import("w");\n';
    expect(importsOf(text)).toEqual(["x", "./y.ts", "z", "w"]);
    expect(imports.length).toBeGreaterThan(500);
  });

  test("imports nothing that only development installs", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
    const strangers = imports.filter(({ name }) => {
      if (name.startsWith(".") || isBuiltin(name)) return false;
      const [first, second] = name.split("/");
      return !(`${name.startsWith("@") ? `${first}/${second}` : first}` in dependencies);
    });
    expect(strangers.map(said)).toEqual([]);
  });

  test("imports no test and no test support", () => {
    const inside = (path: string) => /^(src|bin)\//.test(path) || path === "package.json";
    const outward = imports.filter(({ file, name }) => {
      const target = normalize(join(dirname(file), name));
      return name.startsWith(".") && (!inside(target) || target.endsWith(".test.ts"));
    });
    expect(outward.map(said)).toEqual([]);
  });
});
