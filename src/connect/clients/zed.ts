import { join } from "node:path";
import type { Client, ConnectModel } from "../client.ts";
import { configFolder } from "../folders.ts";

export const zed: Client = {
  name: "zed",
  title: "Zed",
  summary: "editor with an agent",
  needsTools: true,
  needsContext: 16_000,
  setup({ origin, models, model, env }) {
    const hearth = { api_url: `${origin}/v1` };
    return {
      files: [
        {
          paths: [join(configFolder(env, "zed"), "settings.json")],
          format: "json",
          settings: [
            { path: ["language_models", "openai_compatible", "Hearth"], value: hearth },
            {
              path: ["language_models", "openai_compatible", "Hearth", "available_models"],
              items: models.map(entry),
              by: "name",
            },
            { path: ["agent", "default_model"], value: { provider: "Hearth", model: model.id } },
          ],
        },
      ],
      env: {},
      steps: [
        "Zed keeps keys apart from its settings: agent panel > settings > LLM Providers > Hearth, and paste the key.",
      ],
    };
  },
};

function entry({ id, context, output, tools, vision }: ConnectModel): Record<string, unknown> {
  return {
    name: id,
    display_name: id,
    max_tokens: context,
    max_output_tokens: output,
    capabilities: {
      tools,
      images: vision,
      parallel_tool_calls: tools,
      prompt_cache_key: false,
      chat_completions: true,
    },
  };
}
