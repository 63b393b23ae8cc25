import { join } from "node:path";
import type { FakeModel } from "../support/hearth-server.ts";
import { cacheFolder, python } from "./installation.ts";

/** Tokens of prompt and answer together. */
export const contextTokens = 2048;
const cacheGiB = 1;

/** A model of `hearth.yaml` that is vLLM on the CPU. It comes up in half a minute, and in several on a busy machine. */
export function vllmModel(id: string, weights: string, fields: Record<string, unknown> = {}): FakeModel {
  const command = [python, "-m", "vllm.entrypoints.openai.api_server", "--model", weights];
  command.push("--host", "127.0.0.1", "--port", "{port}", "--served-model-name", "{model}");
  command.push("--dtype", "bfloat16", "--max-model-len", String(contextTokens), "--max-num-seqs", "4");
  // Without compiling: it would take longer than all the tests.
  command.push("--enforce-eager", "--enable-auto-tool-choice", "--tool-call-parser", "hermes");
  const env = {
    CUDA_VISIBLE_DEVICES: "",
    HF_HUB_OFFLINE: "1",
    VLLM_CPU_KVCACHE_SPACE: String(cacheGiB),
    // One thread per core, on any of them: others use this machine too.
    VLLM_CPU_OMP_THREADS_BIND: "nobind",
    OMP_NUM_THREADS: "2",
    VLLM_CACHE_ROOT: join(cacheFolder, "vllm"),
    VLLM_CONFIG_ROOT: join(cacheFolder, "vllm-config"),
    VLLM_NO_USAGE_STATS: "1",
  };
  return {
    id,
    context: contextTokens,
    concurrency: 4,
    memory: "4GiB",
    loadTime: "60s",
    capabilities: ["chat", "completions", "tools", "json"],
    ...fields,
    runtime: { command, env, startTimeout: "15m", stopGrace: "30s" },
  };
}

/** Room for one such model, and time for its start. */
export const vllmConfig = {
  memory: { budget: "6GiB", floor: "64MiB" },
  policy: { hold: { streaming: "20m", buffered: "20m" }, idleStop: "30m" },
};

/** A test may have to wait for a load. */
export const testMilliseconds = 20 * 60_000;
