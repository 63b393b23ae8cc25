// npm run catalog:import -- FOLDER: compares published recipes with the catalog, and takes what is better with --write.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { findings, told, write } from "./import.ts";
import { provenanceOf } from "./provenance.ts";
import { readRecipes } from "./read-recipes.ts";

const usage = `npm run catalog:import -- FOLDER [--write] [--repository owner/name] [--commit COMMIT] [--date DAY]

FOLDER holds recipes of NVIDIA's local-ai-inference-recipes, eugr's spark-vllm-docker or a registry of spark-arena. Repository,
commit and day are those of its git; where it is no checkout, the options say them.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ write: { type: "boolean" }, repository: { type: "string" } },
    ...{ commit: { type: "string" }, date: { type: "string" } },
  },
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    const { write: wanted = false, ...said } = values;
    const path = resolve(folder);
    const recipes = readRecipes(path, provenanceOf(path, said));
    const found = findings(recipes);
    process.stdout.write(told(found));
    console.log(`${recipes.length} recipes.`);
    if (wanted) for (const file of write(found)) console.log(`wrote ${file}`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
