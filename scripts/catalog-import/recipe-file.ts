import type { Recipe } from "./recipe.ts";

/** A file that may be a recipe, in whatever form. */
export interface RecipeFile {
  /** The file's content as plain values. */
  value: unknown;
  /** The same of a file beside it; undefined where there is none. */
  beside(name: string): unknown;
  source: Recipe["source"];
}
