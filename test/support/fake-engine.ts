/**
 * A process that speaks vLLM's routes and misbehaves on demand. Flags shape the whole engine (below), a `fake`
 * object in a JSON body or `x-fake-*` headers shape one request (fake-engine/knobs.ts). See fake-engine/README.md.
 *
 *   node test/support/fake-engine.ts --port 8000 --model tiny --load-ms 300 --tokens 20 --rate 50
 */
import { parseArgs } from "node:util";
import { eatMemory, waitForFile } from "./fake-engine/load.ts";
import { createFakeServer } from "./fake-engine/server.ts";
import { Stats } from "./fake-engine/stats.ts";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    /** Model id that it serves, and that requests must name. */
    model: { type: "string", default: "fake" },
    /** Prompt and answer together, in its tokens (bytes of UTF-8). */
    context: { type: "string", default: "8192" },
    /** Like vLLM, nothing listens before this has passed. */
    "load-ms": { type: "string", default: "0" },
    /** Nothing listens before this file exists. */
    "load-until": { type: "string" },
    /** Listens, but /health says 503 for this long. */
    "unhealthy-ms": { type: "string", default: "0" },
    "never-healthy": { type: "boolean", default: false },
    /** Healthy, but every completion fails with 500. */
    "never-answers": { type: "boolean", default: false },
    /** Exit with code 1 once the load time is over instead of listening. */
    "crash-at-start": { type: "boolean", default: false },
    /** The same for the first N starts that the stats file has seen. */
    "crash-starts": { type: "string", default: "0" },
    "ignore-sigterm": { type: "boolean", default: false },
    /** From SIGTERM to its exit. */
    "term-ms": { type: "string", default: "0" },
    /** Length of an answer that does not say otherwise, and tokens a second (0 = as fast as it can). */
    tokens: { type: "string", default: "8" },
    rate: { type: "string", default: "0" },
    "first-token-ms": { type: "string", default: "0" },
    /** Memory really held from the start of the load on. */
    "memory-mib": { type: "string", default: "0" },
    /** Events of every run, one JSON object a line; several runs share it. */
    stats: { type: "string" },
    /** Answers for clients that know nothing of knobs, and a file for what they sent: fake-engine/script.ts. */
    script: { type: "string" },
    bodies: { type: "string" },
  },
});

if (!flags.port) throw new Error("--port is required");
const stats = new Stats(flags.stats, flags.model);
stats.record("start");

process.on("SIGTERM", () => {
  stats.record("sigterm");
  if (flags["ignore-sigterm"]) return;
  setTimeout(() => {
    stats.record("exit");
    process.exit(0);
  }, Number(flags["term-ms"]));
});

console.error(`fake engine: loading ${flags.model}`);
const memory = eatMemory(Number(flags["memory-mib"]));
await new Promise((resolve) => setTimeout(resolve, Number(flags["load-ms"])));
if (flags["load-until"]) await waitForFile(flags["load-until"]);
if (flags["crash-at-start"] || stats.count("start") <= Number(flags["crash-starts"])) {
  console.error("RuntimeError: fake engine told to crash at start");
  stats.record("crash");
  process.exit(1);
}

const server = createFakeServer({
  model: flags.model,
  context: Number(flags.context),
  key: process.env.HEARTH_ENGINE_KEY ?? null,
  healthyAt: flags["never-healthy"] ? Number.POSITIVE_INFINITY : performance.now() + Number(flags["unhealthy-ms"]),
  neverAnswers: flags["never-answers"],
  defaults: { tokens: Number(flags.tokens), rate: Number(flags.rate), firstTokenMs: Number(flags["first-token-ms"]) },
  script: flags.script ?? null,
  bodies: flags.bodies ?? null,
  stats,
});
server.on("error", (error) => {
  console.error(String(error));
  process.exit(1);
});
server.listen(Number(flags.port), flags.host, () => {
  stats.record("listen", { origin: `http://${flags.host}:${flags.port}` });
  console.error(`fake engine: ${flags.model} on ${flags.host}:${flags.port}, ${memory.length} MiB held`);
});
