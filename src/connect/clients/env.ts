import type { Client } from "../client.ts";

/** What the vendors' own libraries, and most of what is built on them, read. */
export const environment: Client = {
  name: "env",
  title: "SDKs and scripts",
  summary: "environment variables for the SDKs of OpenAI, Anthropic and Ollama, and for scripts",
  needsTools: false,
  needsContext: 0,
  setup({ origin, key, model }) {
    return {
      files: [],
      env: {
        OPENAI_BASE_URL: `${origin}/v1`,
        OPENAI_API_KEY: key,
        OPENAI_MODEL: model.id,
        ANTHROPIC_BASE_URL: origin,
        ANTHROPIC_API_KEY: key,
        ANTHROPIC_MODEL: model.id,
        OLLAMA_HOST: origin,
        OLLAMA_API_KEY: key,
      },
      steps: [],
    };
  },
};
