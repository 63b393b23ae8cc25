import { join } from "node:path";
import type { Client, ConnectModel } from "../client.ts";
import { folderOf } from "../folders.ts";

/** It edits by text, without tools. `openai/` before a model's name is its word for an address of one's own. */
export const aider: Client = {
  name: "aider",
  title: "aider",
  summary: "pair programming in the terminal",
  needsTools: false,
  needsContext: 16_000,
  setup({ origin, key, models, model, small, env }) {
    const home = folderOf(env, "HOME", "~");
    return {
      files: [
        {
          paths: [join(home, ".aider.conf.yml")],
          format: "yaml",
          settings: [
            {
              path: [],
              value: {
                "openai-api-base": `${origin}/v1`,
                "openai-api-key": key,
                model: `openai/${model.id}`,
                "weak-model": `openai/${small.id}`,
              },
            },
            { path: ["analytics-disable"], fallback: true },
          ],
        },
        {
          paths: [join(home, ".aider.model.metadata.json")],
          format: "json",
          settings: [...models, small].map((one) => ({ path: [`openai/${one.id}`], value: limits(one) })),
        },
      ],
      env: {},
      steps: [],
    };
  },
};

function limits({ context, output }: ConnectModel): object {
  return {
    max_tokens: output,
    max_input_tokens: context,
    max_output_tokens: output,
    input_cost_per_token: 0,
    output_cost_per_token: 0,
    litellm_provider: "openai",
    mode: "chat",
  };
}
