import { join } from "node:path";
import type { Client } from "../client.ts";
import { clientKeyVariable } from "../client-key.ts";
import { folderOf } from "../folders.ts";

export const codex: Client = {
  name: "codex",
  title: "Codex",
  summary: "OpenAI's coding agent in the terminal",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, model, env }) {
    return {
      files: [
        {
          paths: [join(folderOf(env, "CODEX_HOME", "~/.codex"), "config.toml")],
          format: "toml",
          settings: [
            { path: ["model"], value: model.id },
            { path: ["model_provider"], value: "hearth" },
            { path: ["model_context_window"], value: model.context },
            {
              path: ["model_providers", "hearth"],
              value: { name: "Hearth", base_url: `${origin}/v1`, env_key: clientKeyVariable, wire_api: "responses" },
            },
          ],
        },
      ],
      env: { [clientKeyVariable]: key },
      steps: [],
    };
  },
};
