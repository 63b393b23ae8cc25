/** A published recipe, in one form whoever wrote it. */
import type { Provenance } from "./provenance.ts";

export interface Recipe {
  /** Repository of the weights. */
  repo: string;
  /** Commit of the weights that was measured; null = not said. */
  revision: string | null;
  /** Machines that it is for, at least. */
  nodes: number;
  engine: "vllm" | "sglang";
  image: string;
  /** `sha256:...` of the image that was measured; null = not said. */
  digest: string | null;
  /** By name without dashes, in the spelling with dashes; `true` = a bare flag. */
  flags: Readonly<Record<string, string | true>>;
  env: Readonly<Record<string, string>>;
  measured: Measurement | null;
  /** Where it stands, and of which day it is. */
  source: Provenance & { path: string };
}

/** Tokens per second of one stream on a GB10. */
export interface Measurement {
  decode: number;
  prefill: number;
  /** Tokens of the prompt and of the answer. */
  input: number;
  output: number;
  /** Day on which it was measured. */
  at: string;
  /** Who validated the recipe, in the source's words. */
  by: string;
}

/** `NVIDIA/local-ai-inference-recipes 12b25c66, 2026-09-03`, as sources are written in the catalog. */
export function sourceText({ source: { repository, commit, date }, measured }: Recipe): string {
  const where = `${repository} ${commit.slice(0, 8)}, ${measured?.at ?? date}`;
  if (measured === null) return where;
  const { input, output, prefill } = measured;
  return `${where}: ${input} tokens in, ${output} out; ${Math.round(prefill).toLocaleString("en")} tokens per second of prompt`;
}
