/** NVIDIA/local-ai-inference-recipes: `recipe.yaml`, and beside it `performance.yaml` where it was measured. */
import { z } from "zod";
import { commandFlags } from "../command-flags.ts";
import type { Measurement, Recipe } from "../recipe.ts";
import type { RecipeFile } from "../recipe-file.ts";

const recipeSchema = z.object({
  schema_version: z.number(),
  hardware: z.string(),
  backend: z.string(),
  status: z.string().optional(),
  validation: z.object({ validated_by: z.string() }).optional(),
  topology: z.object({ node_count: z.int() }),
  runtime: z.object({ image: z.string().optional(), setup_command: z.string().optional() }),
  serve: z.object({ command: z.string() }),
});

const performanceSchema = z.object({
  measured_at: z.string(),
  system: z.object({ accelerator: z.string() }),
  software: z.object({ model_revision: z.string().optional(), runtime_revision: z.string().optional() }),
  profiles: z.array(
    z.object({
      workload: z.object({ input_tokens: z.int(), output_tokens: z.int(), concurrency: z.int() }),
      results: z.object({ prefill_tokens_per_second_mean: z.number(), decode_tokens_per_second_mean: z.number() }),
    }),
  ),
});

/** Null where it is no recipe of vLLM on a DGX Spark. */
export function nvidiaRecipe({ value, beside, source }: RecipeFile): Recipe | null {
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success || parsed.data.backend !== "vllm" || !parsed.data.hardware.startsWith("dgx-spark")) return null;
  const { serve, runtime, topology, validation } = parsed.data;
  const [, repo] = /vllm\s+serve\s+([\w.-]+\/[\w.-]+)/.exec(serve.command) ?? [];
  if (repo === undefined || runtime.image === undefined) return null;
  const performance = performanceSchema.safeParse(beside("performance.yaml")).data ?? null;
  const { model_revision: revision, runtime_revision: digest } = performance?.software ?? {};
  return {
    ...{ repo, nodes: topology.node_count, engine: "vllm", image: runtime.image, source },
    ...{ revision: revision ?? null, digest: digest?.startsWith("sha256:") ? digest : null },
    flags: commandFlags(serve.command),
    env: shellEnv(runtime.setup_command ?? ""),
    measured: performance === null ? null : measurement(performance, validation?.validated_by ?? source.repository),
  };
}

function measurement(performance: z.output<typeof performanceSchema>, by: string): Measurement | null {
  const one = performance.profiles.find(({ workload }) => workload.concurrency === 1);
  if (one === undefined || !performance.system.accelerator.includes("GB10")) return null;
  const { workload, results } = one;
  return {
    ...{ decode: results.decode_tokens_per_second_mean, prefill: results.prefill_tokens_per_second_mean },
    ...{ input: workload.input_tokens, output: workload.output_tokens, at: performance.measured_at.slice(0, 10), by },
  };
}

/** What `docker run` is told to set; what it takes from the host's environment is nobody's figure. */
function shellEnv(command: string): Record<string, string> {
  const set = [...command.matchAll(/(?:-e|--env)[ =]"?([A-Z_0-9]+)=([^\s"$]+)"?/g)];
  return Object.fromEntries(set.map(([, name, value]) => [name!, value!]));
}
