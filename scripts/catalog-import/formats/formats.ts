/** Every form in which recipes are published: one file each. */
import type { Recipe } from "../recipe.ts";
import type { RecipeFile } from "../recipe-file.ts";
import { nvidiaRecipe } from "./nvidia.ts";
import { sparkrunRecipe } from "./sparkrun.ts";

export const formats: readonly ((file: RecipeFile) => Recipe | null)[] = [nvidiaRecipe, sparkrunRecipe];
