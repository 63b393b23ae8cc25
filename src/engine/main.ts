/** The embedded engine: one process, one GGUF model, OpenAI's routes. See README.md in this folder. */
import { createEngine, type Engine } from "./engine.ts";
import type { Readiness } from "./http/route-context.ts";
import { type EngineOptions, parseOptions, usage } from "./options.ts";

/** Enough for a native call to come back; after it, nothing of this process is worth waiting for. */
const exitGraceMilliseconds = 250;

const options = readOptions();
let readiness: Readiness = { phase: "loading", percent: 0 };
// The library works in a process of its own at first; the server's modules are read in the meantime.
const { loadModel, openLibrary } = await import("./llama/load.ts");
const library = openLibrary(options.threads);
library.catch(() => {}); // Reported by load().
const { createServer } = await import("./http/server.ts");
const app = createServer({ key: options.key, readiness: () => readiness });
// Not `once`: a dependency of the library ends the process itself when it finds no other listener.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
try {
  await app.listen({ host: options.host, port: options.port });
  console.error(`engine: ${app.listeningOrigin}, loading ${options.modelFile}`);
  readiness = { phase: "ready", engine: await load() };
} catch (error) {
  console.error(`engine: ${(error as Error).message}`);
  process.exit(1);
}

async function load(): Promise<Engine> {
  const { modelFile: file, modelId, context, parallel, threads, embeddings } = options;
  const onProgress = (fraction: number) => {
    readiness = { phase: "loading", percent: Math.min(99, Math.floor(fraction * 100)) };
  };
  const model = await loadModel(await library, { file, context, parallel, embeddings, onProgress });
  const engine = createEngine(modelId, model);
  const size = `context ${model.context}, ${parallel} at a time, ${threads} threads`;
  console.error(`engine: ${modelId} ready after ${process.uptime().toFixed(1)} s (${size})`);
  return engine;
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
