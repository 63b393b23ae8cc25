import { join } from "node:path";
import type { ModelSpec } from "../domain/model.ts";

const engineMain = join(import.meta.dirname, "../engine/main.ts");

/** Program and arguments of the embedded engine, which is a process of its own. */
export function embeddedCommand(spec: ModelSpec, port: number, weights: string | null): string[] {
  const { id, context, concurrency, capabilities } = spec;
  const options = {
    "--model-file": weights,
    "--model-id": id,
    "--host": "127.0.0.1",
    "--port": port,
    "--context": context,
    "--parallel": concurrency,
  };
  const flags = capabilities.includes("embeddings") ? ["--embeddings"] : [];
  return [process.execPath, engineMain, ...Object.entries(options).flat().map(String), ...flags];
}
