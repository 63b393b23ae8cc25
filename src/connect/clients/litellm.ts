import { join } from "node:path";
import type { Client, ConnectFacts, ConnectModel } from "../client.ts";
import { configFolder } from "../folders.ts";

/** A proxy in front of many vendors. `openai/` before a model's name is its word for an address of one's own. */
export const litellm: Client = {
  name: "litellm",
  title: "LiteLLM",
  summary: "proxy in front of many vendors",
  needsTools: false,
  needsContext: 0,
  setup(facts) {
    const file = join(configFolder(facts.env, "litellm"), "config.yaml");
    return {
      files: [
        {
          paths: [file],
          format: "yaml",
          settings: [{ path: ["model_list"], items: facts.models.map((one) => entry(one, facts)), by: "model_name" }],
        },
      ],
      env: {},
      steps: [`Start it with this file: litellm --config ${file}`],
    };
  },
};

function entry({ id, context, output, tools, vision }: ConnectModel, { origin, key }: ConnectFacts) {
  return {
    model_name: id,
    litellm_params: { model: `openai/${id}`, api_base: `${origin}/v1`, api_key: key, timeout: 1800 },
    model_info: {
      ...{ max_input_tokens: context, max_output_tokens: output },
      ...{ supports_function_calling: tools, supports_vision: vision },
    },
  };
}
