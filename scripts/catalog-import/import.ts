/** Recipes against the catalog: what they would change, what is new, what contradicts; written where that is asked. */
import { join } from "node:path";
import { catalogFolders, readCatalog } from "../../src/catalog/catalog.ts";
import type { CatalogModel } from "../../src/catalog/catalog-model.ts";
import { type Difference, differences } from "./compare.ts";
import { entryId, newEntry, updateEntry } from "./entry.ts";
import type { Recipe } from "./recipe.ts";

/** What became of one recipe. */
export type Finding =
  | { kind: "same" | "differs"; recipe: Recipe; id: string; file: string; differences: Difference[] }
  | { kind: "new"; recipe: Recipe; id: string }
  | { kind: "left"; recipe: Recipe; why: string };

/** A measured recipe comes before one that is not, so that its figures are there when the other is looked at. */
export function findings(recipes: readonly Recipe[], models: string = catalogFolders.models): Finding[] {
  const catalog = [...readCatalog({ models }).values()];
  const ordered = recipes.toSorted((one, other) => Number(other.measured !== null) - Number(one.measured !== null));
  return ordered.flatMap((recipe): Finding[] => {
    if (recipe.nodes > 1) return [{ kind: "left", recipe, why: `it is for ${recipe.nodes} machines` }];
    const entries = catalog.filter(({ facts }) => facts.hub?.repo === recipe.repo && facts.engine !== undefined);
    if (entries.length === 0) return [{ kind: "new", recipe, id: entryId(recipe.repo) }];
    return entries.map((entry) => compared(entry, recipe));
  });
}

function compared(entry: CatalogModel, recipe: Recipe): Finding {
  const found = differences(entry, recipe);
  const kind = found.length === 0 ? "same" : "differs";
  return { kind, recipe, id: entry.id, file: entry.at.file, differences: found };
}

/** The files that were written. An entry that was just made takes no second recipe: compare anew for that. */
export function write(found: readonly Finding[], models: string = catalogFolders.models): string[] {
  const files = new Set<string>();
  for (const finding of found) {
    if (finding.kind === "differs" && !files.has(finding.file) && updateEntry(finding.file, finding.differences)) {
      files.add(finding.file);
    }
    if (finding.kind !== "new") continue;
    const file = join(models, finding.recipe.repo.split("/")[0]!.toLowerCase(), `${finding.id}.yaml`);
    if (!files.has(file)) newEntry(file, finding.recipe);
    files.add(file);
  }
  return [...files];
}

/** For people: what differs with both sides, then the new ones, then what was left out. */
export function told(found: readonly Finding[]): string {
  return found
    .map((finding) => {
      const { recipe } = finding;
      const from = `${recipe.repo} in ${recipe.source.path}`;
      if (finding.kind === "left") return `left     ${from}: ${finding.why}\n`;
      if (finding.kind === "new") return `new      ${from}: would be ${finding.id}\n`;
      if (finding.kind === "same") return `same     ${finding.id}: ${from}\n`;
      return `differs  ${finding.id}: ${from}\n${finding.differences.map(line).join("")}`;
    })
    .join("");
}

function line({ field, has, recipe, kept }: Difference): string {
  return `  ${kept === null ? "change" : "keep  "}  ${field}: ${has} -> ${recipe}${kept === null ? "" : ` [${kept}]`}\n`;
}
