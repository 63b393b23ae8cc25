import { join } from "node:path";
import type { Client } from "../client.ts";
import { folderOf } from "../folders.ts";

export const cline: Client = {
  name: "cline",
  title: "Cline",
  summary: "coding agent, in the terminal and in VS Code",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, model, env }) {
    const settings = { provider: "openai-compatible", apiKey: key, model: model.id, baseUrl: `${origin}/v1` };
    return {
      files: [
        {
          paths: [join(folderOf(env, "CLINE_DATA_DIR", "~/.cline/data"), "settings", "providers.json")],
          format: "json",
          settings: [
            { path: ["version"], fallback: 1 },
            { path: ["lastUsedProvider"], value: "openai-compatible" },
            { path: ["providers", "openai-compatible", "settings"], value: settings },
            { path: ["providers", "openai-compatible", "updatedAt"], fallback: "2026-01-01T00:00:00.000Z" },
            { path: ["providers", "openai-compatible", "tokenSource"], value: "manual" },
          ],
        },
      ],
      env: {},
      steps: [
        `In VS Code: Cline > settings > API Provider "OpenAI Compatible", Base URL ${origin}/v1, the key, Model ID ${model.id}, Context Window Size ${model.context}, Max Output Tokens ${model.output}${model.vision ? ", Supports Images" : ""}.`,
      ],
    };
  },
};
