/** SmolLM2-135M-Instruct as vLLM reads it: converted from the GGUF of the catalog. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCatalog } from "../../src/catalog/catalog.ts";
import { resolveModels } from "../../src/catalog/resolve.ts";
import { ensureWeights } from "../../src/weights/weights.ts";
import { cacheFolder, python } from "./installation.ts";
import { runProgram } from "./run-program.ts";

const id = "smollm2-135m-instruct";
const folder = join(cacheFolder, "SmolLM2-135M-Instruct");

/** Fetches the GGUF as `hearth pull` would. Throws where no source can be reached. */
export async function fetchGguf(): Promise<string> {
  const spec = resolveModels([], readCatalog()).find((model) => model.id === id);
  const { signal } = new AbortController();
  return ensureWeights(spec!.weights!, { home: cacheFolder, signal, onProgress: () => {} });
}

/** A folder of Hugging Face's files. */
export async function convertedWeights(gguf: () => Promise<string>): Promise<string> {
  if (existsSync(folder)) return folder;
  const script = fileURLToPath(new URL("convert_gguf.py", import.meta.url));
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  console.log(`vllm: converting the weights into ${folder}`);
  await runProgram([python, script, await gguf(), partial], {
    logFile: join(cacheFolder, "convert.log"),
    seconds: 900,
    env: { CUDA_VISIBLE_DEVICES: "", HF_HUB_OFFLINE: "1" },
  });
  renameSync(partial, folder);
  return folder;
}
