import { join } from "node:path";
import type { Client, ConnectModel } from "../client.ts";
import { configFolder } from "../folders.ts";

/** The title is made by `small_model`, in parallel with the first answer. */
export const opencode: Client = {
  name: "opencode",
  title: "OpenCode",
  summary: "coding agent in the terminal",
  needsTools: true,
  needsContext: 40_000,
  setup({ origin, key, models, model, small, env }) {
    const folder = configFolder(env, "opencode");
    const hearth = {
      npm: "@ai-sdk/openai-compatible",
      name: "Hearth",
      options: { baseURL: `${origin}/v1`, apiKey: key },
      models: Object.fromEntries([...models, small].map((one) => [one.id, entry(one)])),
    };
    return {
      files: [
        {
          paths: [join(folder, "opencode.json"), join(folder, "opencode.jsonc")],
          format: "json",
          settings: [
            { path: ["$schema"], fallback: "https://opencode.ai/config.json" },
            { path: ["provider", "hearth"], value: hearth },
            { path: ["model"], value: `hearth/${model.id}` },
            { path: ["small_model"], value: `hearth/${small.id}` },
          ],
        },
      ],
      env: {},
      steps: ["Without internet, start it with OPENCODE_DISABLE_AUTOUPDATE=1 and OPENCODE_DISABLE_MODELS_FETCH=1."],
    };
  },
};

function entry({ id, context, output, tools, vision, reasoning }: ConnectModel): object {
  return {
    name: id,
    limit: { context, output },
    tool_call: tools,
    reasoning,
    attachment: vision,
    modalities: { input: vision ? ["text", "image"] : ["text"], output: ["text"] },
  };
}
