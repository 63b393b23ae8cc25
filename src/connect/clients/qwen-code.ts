import { join } from "node:path";
import type { Client, ConnectModel } from "../client.ts";
import { clientKeyVariable } from "../client-key.ts";
import { folderOf } from "../folders.ts";

export const qwenCode: Client = {
  name: "qwen-code",
  title: "Qwen Code",
  summary: "Qwen's coding agent in the terminal",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, models, model, env }) {
    const entry = ({ id, context, vision }: ConnectModel) => ({
      ...{ id, name: `Hearth: ${id}`, envKey: clientKeyVariable, baseUrl: `${origin}/v1` },
      generationConfig: { contextWindowSize: context, modalities: { image: vision } },
    });
    return {
      files: [
        {
          paths: [join(folderOf(env, "HOME", "~"), ".qwen", "settings.json")],
          format: "json",
          settings: [
            { path: ["env", clientKeyVariable], value: key },
            { path: ["modelProviders", "openai"], items: models.map(entry), by: "id" },
            { path: ["security", "auth", "selectedType"], value: "openai" },
            { path: ["model", "name"], value: model.id },
          ],
        },
      ],
      env: {},
      steps: [],
    };
  },
};
