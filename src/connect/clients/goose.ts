import { join } from "node:path";
import type { Client } from "../client.ts";
import { clientKeyVariable } from "../client-key.ts";
import { configFolder } from "../folders.ts";

/** A provider of one's own is a file; goose knows it by the name in it. */
const provider = "custom_hearth";

export const goose: Client = {
  name: "goose",
  title: "goose",
  summary: "agent in the terminal and on the desktop",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, models, model, env }) {
    const folder = configFolder(env, "goose");
    const hearth = {
      ...{ name: provider, engine: "openai", display_name: "Hearth", description: "Models of this house" },
      ...{ api_key_env: clientKeyVariable, base_url: `${origin}/v1/chat/completions` },
      models: models.map(({ id, context }) => ({ name: id, context_limit: context })),
      ...{ timeout_seconds: 1800, supports_streaming: true, requires_auth: true },
    };
    return {
      files: [
        {
          paths: [join(folder, "custom_providers", `${provider}.json`)],
          format: "json",
          settings: [{ path: [], value: hearth }],
        },
        {
          paths: [join(folder, "config.yaml")],
          format: "yaml",
          settings: [{ path: [], value: { GOOSE_PROVIDER: provider, GOOSE_MODEL: model.id } }],
        },
      ],
      env: { [clientKeyVariable]: key },
      steps: [],
    };
  },
};
