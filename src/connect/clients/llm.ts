import { join } from "node:path";
import type { Client, ConnectModel } from "../client.ts";
import { configFolder, folderOf } from "../folders.ts";

/** Its name for the key, in its own store of keys. */
const keyName = "hearth";

export const llm: Client = {
  name: "llm",
  title: "llm",
  summary: "language models on the command line",
  needsTools: false,
  needsContext: 0,
  setup({ origin, key, models, model, env }) {
    const folder = folderOf(env, "LLM_USER_PATH", configFolder(env, "io.datasette.llm"));
    const entry = ({ id, tools, vision }: ConnectModel) => ({
      ...{ model_id: `hearth/${id}`, model_name: id, api_base: `${origin}/v1`, api_key_name: keyName },
      ...{ supports_tools: tools, supports_schema: true, vision },
    });
    return {
      files: [
        {
          paths: [join(folder, "extra-openai-models.yaml")],
          format: "yaml",
          settings: [{ path: [], items: models.map(entry), by: "model_id" }],
        },
        { paths: [join(folder, "keys.json")], format: "json", settings: [{ path: [keyName], value: key }] },
      ],
      env: {},
      steps: [`To ask it without -m: llm models default hearth/${model.id}`],
    };
  },
};
