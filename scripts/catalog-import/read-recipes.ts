/** Every recipe below a folder. Files in no known form are no recipes. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseYaml } from "../../src/config/yaml-source.ts";
import { formats } from "./formats/formats.ts";
import type { Provenance } from "./provenance.ts";
import type { Recipe } from "./recipe.ts";

export function readRecipes(folder: string, provenance: Provenance): Recipe[] {
  return globSync("**/*.{yaml,yml}", { cwd: folder })
    .toSorted()
    .flatMap((path) => {
      const beside = (name: string) => contentOf(join(folder, dirname(path), name));
      const file = { value: contentOf(join(folder, path)), beside, source: { ...provenance, path } };
      for (const format of formats) {
        const recipe = format(file);
        if (recipe !== null) return [recipe];
      }
      return [];
    });
}

function contentOf(file: string): unknown {
  return existsSync(file) ? parseYaml(readFileSync(file, "utf8"), file).source.value : undefined;
}
