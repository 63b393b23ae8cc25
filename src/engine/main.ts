/** The embedded engine: one process, one GGUF model, OpenAI's routes. See README.md in this folder. */
import { createEngine } from "./engine.ts";
import type { Readiness } from "./http/route-context.ts";
import { createServer } from "./http/server.ts";
import { type EngineOptions, parseOptions, usage } from "./options.ts";

/** Enough for a native call to come back; after it, nothing of this process is worth waiting for. */
const exitGraceMilliseconds = 250;

const options = readOptions();
let readiness: Readiness = { phase: "loading", percent: 0 };
const app = createServer({ key: options.key, readiness: () => readiness });
// Not `once`: a library of node-llama-cpp ends the process itself when it finds no other listener.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
try {
  await app.listen({ host: options.host, port: options.port });
  console.error(`engine: ${app.listeningOrigin}, loading ${options.modelFile}`);
  await load();
} catch (error) {
  console.error(`engine: ${(error as Error).message}`);
  process.exit(1);
}

async function load(): Promise<void> {
  // Not before the port is open: the library alone takes some hundred milliseconds.
  const { loadModel } = await import("./llama/load.ts");
  const { modelFile: file, modelId, context, parallel, threads, embeddings } = options;
  const onProgress = (fraction: number) => {
    readiness = { phase: "loading", percent: Math.min(99, Math.floor(fraction * 100)) };
  };
  const model = await loadModel({ file, context, parallel, threads, embeddings, onProgress });
  readiness = { phase: "ready", engine: createEngine(modelId, model) };
  const seconds = process.uptime().toFixed(1);
  console.error(
    `engine: ${modelId} ready after ${seconds} s (context ${model.context}, ${parallel} at a time, ${threads} threads)`,
  );
}

/** Connections are cut: who stops an engine has waited for its requests. */
function stop(): void {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), exitGraceMilliseconds).unref();
  void app.close().then(() => process.exit(0));
}

function readOptions(): EngineOptions {
  try {
    return parseOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`engine: ${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}
