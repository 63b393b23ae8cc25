/** A test with one Hearth over the obedient engine, for suites that were written elsewhere. */
import { fileURLToPath } from "node:url";
import { test as base } from "../../support/e2e.ts";
import type { HearthServer } from "../../support/hearth-server.ts";

export const model = "obedient";

const engine = fileURLToPath(new URL("obedient-engine.ts", import.meta.url));

export const test = base.extend<{ obedient: HearthServer }>({
  obedient: async ({ start }, use) => {
    const command = [process.execPath, engine, "--port", "{port}", "--model", "{model}"];
    const capabilities = ["chat", "completions", "tools", "json", "vision", "embeddings"];
    await use(
      await start({ models: [{ id: model, context: 32_768, capabilities, runtime: { kind: "process", command } }] }),
    );
  },
});
