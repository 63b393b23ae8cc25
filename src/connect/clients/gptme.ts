import { join } from "node:path";
import type { Client } from "../client.ts";
import { configFolder } from "../folders.ts";

/** `local/` before a model's name is its word for the address in OPENAI_BASE_URL. */
export const gptme: Client = {
  name: "gptme",
  title: "gptme",
  summary: "agent in the terminal that runs code and edits files",
  needsTools: false,
  needsContext: 16_000,
  setup({ origin, key, model, env }) {
    return {
      files: [
        {
          paths: [join(configFolder(env, "gptme"), "config.toml")],
          format: "toml",
          settings: [
            {
              path: ["env"],
              value: { OPENAI_BASE_URL: `${origin}/v1`, OPENAI_API_KEY: key, MODEL: `local/${model.id}` },
            },
          ],
        },
      ],
      env: {},
      steps: [],
    };
  },
};
