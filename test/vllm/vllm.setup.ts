/** Real vLLM with real weights for all tests of this folder; made once, kept in the user's cache. */
import type { TestProject } from "vitest/node";
import { installationObstacle, installedVersions, installVllm } from "./installation.ts";
import { convertedWeights, fetchGguf } from "./weights.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the weights, or why there is no vLLM. */
    vllm: { weights: string } | { missing: string };
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const missing = installationObstacle() ?? (await installVllm().then(() => null, reasonOf));
  if (missing !== null) return project.provide("vllm", { missing });
  console.log(`vllm: ${installedVersions()}`);
  let unreachable: string | null = null;
  const gguf = () =>
    fetchGguf().catch((error: Error) => {
      unreachable = error.message;
      throw error;
    });
  try {
    project.provide("vllm", { weights: await convertedWeights(gguf) });
  } catch (error) {
    // Weights that cannot be had are this machine's affair; a conversion that fails is ours.
    if (unreachable === null) throw error;
    project.provide("vllm", { missing: unreachable });
  }
}

function reasonOf(error: Error): string {
  return `vLLM could not be installed: ${error.message}`;
}
