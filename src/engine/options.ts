/** What the engine is started with. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface EngineOptions {
  modelFile: string;
  /** The name that requests use. */
  modelId: string;
  host: string;
  port: number;
  /** Tokens that one request may hold, prompt and answer together. */
  context: number;
  /** Requests that run at the same time. */
  parallel: number;
  threads: number;
  embeddings: boolean;
  /** Null: anybody may ask. */
  key: string | null;
}

/**
 * Half of the processors, because threads that wait for each other by spinning collapse as soon as another process
 * wants a core: two threads on two busy cores gave a thirtieth of what one thread gives.
 */
export function defaultThreads(processors = availableParallelism()): number {
  return Math.max(1, Math.floor(processors / 2));
}

export const usage =
  "usage: node src/engine/main.ts --model-file FILE.gguf --model-id ID --port PORT [--host 127.0.0.1]" +
  " [--context TOKENS] [--parallel REQUESTS] [--threads THREADS] [--embeddings]";

/** Throws an Error that names the flag and what it takes. */
export function parseOptions(argv: string[], env: NodeJS.ProcessEnv): EngineOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      "model-file": { type: "string" },
      "model-id": { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string" },
      context: { type: "string", default: "2048" },
      parallel: { type: "string", default: "4" },
      threads: { type: "string", default: String(defaultThreads()) },
      embeddings: { type: "boolean", default: false },
    },
  });
  return {
    modelFile: required("--model-file", values["model-file"]),
    modelId: required("--model-id", values["model-id"]),
    host: values.host,
    port: whole("--port", required("--port", values.port), 0, 65_535),
    context: whole("--context", values.context, 16, 2 ** 24),
    parallel: whole("--parallel", values.parallel, 1, 256),
    threads: whole("--threads", values.threads, 1, 1024),
    embeddings: values.embeddings,
    key: env.HEARTH_ENGINE_KEY || null,
  };
}

function required(flag: string, value: string | undefined): string {
  if (value) return value;
  throw new Error(`${flag} is missing.`);
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${flag} wants a whole number from ${least} to ${most}, not "${text}".`);
}
