/** eugr/spark-vllm-docker and spark-arena's registries: a model, a container, and a command with defaults in braces. */
import { z } from "zod";
import { commandFlags } from "../command-flags.ts";
import type { Recipe } from "../recipe.ts";
import type { RecipeFile } from "../recipe-file.ts";

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const recipeSchema = z.object({
  recipe_version: z.string(),
  model: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  runtime: z.string().optional(),
  container: z.string(),
  min_nodes: z.int().optional(),
  cluster_only: z.boolean().optional(),
  defaults: z.record(z.string(), word).default({}),
  env: z.record(z.string(), word).default({}),
  command: z.string(),
});

/** Null where it is none of these recipes. They say no figures. */
export function sparkrunRecipe({ value, source }: RecipeFile): Recipe | null {
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success) return null;
  const { model, runtime = "vllm", container, min_nodes, cluster_only, defaults, env, command } = parsed.data;
  const [image, digest] = container.split("@");
  return {
    ...{ repo: model, revision: null, nodes: min_nodes ?? (cluster_only === true ? 2 : 1), source },
    ...{ engine: runtime.startsWith("sglang") ? "sglang" : "vllm", image: image!, digest: digest ?? null },
    flags: commandFlags(filled(command, { model, ...defaults })),
    ...{ env, measured: null },
  };
}

/** Doubled braces stand for themselves. */
function filled(command: string, values: Readonly<Record<string, string>>): string {
  return command.replaceAll(/\{\{|\}\}|\{(\w+)\}/g, (found, name: string | undefined) => {
    if (name === undefined) return found[0]!;
    return Object.hasOwn(values, name) ? values[name]! : found;
  });
}
