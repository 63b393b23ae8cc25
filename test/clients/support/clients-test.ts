/** A test with one Hearth over one scripted fake engine, for clients that know nothing of either. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "../../support/e2e.ts";
import type { Script } from "../../support/fake-engine/script.ts";
import { testKey } from "../../support/hearth-client.ts";
import type { FakeModel, HearthServer } from "../../support/hearth-server.ts";

export const model = "tool-user";

export interface ScriptedHearth {
  server: HearthServer;
  origin: string;
  key: string;
  /** From now on the engine answers like this. */
  play(script: Script): void;
  /** What the engine was sent, oldest first; the readiness probe's request left out. */
  sent(): { path: string; body: Body }[];
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
export type Body = any;

export interface ScriptedOptions {
  script?: Script;
  /** From start to listening; with more than two seconds the waiting itself is sent to the client. */
  loadMs?: number;
  context?: number;
  fields?: Partial<FakeModel>;
  config?: Record<string, unknown>;
}

export const test = base.extend<{ scripted: (options?: ScriptedOptions) => Promise<ScriptedHearth> }>({
  scripted: async ({ start }, use) => {
    await use(async ({ script = { turns: [] }, loadMs = 0, context = 32_768, fields = {}, config = {} } = {}) => {
      const home = mkdtempSync(join(tmpdir(), "hearth-clients-"));
      const scriptFile = join(home, "script.json");
      const bodiesFile = join(home, "bodies.jsonl");
      const play = (next: Script) => writeFileSync(scriptFile, JSON.stringify(next));
      play(script);
      const flags = { "--script": scriptFile, "--bodies": bodiesFile, "--load-ms": loadMs, "--context": context };
      const server = await start({
        home,
        config,
        models: [
          {
            id: model,
            context,
            capabilities: ["chat", "completions", "tools", "vision"],
            loadTime: `${Math.ceil(loadMs / 1000) + 1}s`,
            engine: Object.entries(flags).flat().map(String),
            ...fields,
          },
        ],
      });
      const sent = () =>
        (existsSync(bodiesFile) ? readFileSync(bodiesFile, "utf8") : "")
          .split("\n")
          .filter(Boolean)
          .map((line): { path: string; body: Body } => JSON.parse(line))
          .filter(({ body }) => body.max_tokens !== 1);
      return { server, origin: server.url, key: testKey, play, sent };
    });
  },
});

/** One pixel; small enough to compare, and a real PNG. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

/** More words, and so more tokens, than a window of 32,768 takes. */
export const tooLong = "a ".repeat(40_000);
