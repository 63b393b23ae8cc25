import type { Client } from "../client.ts";

/** Set up by its own forms alone. */
export const jetbrains: Client = {
  name: "jetbrains",
  title: "JetBrains",
  summary: "AI Assistant in IntelliJ IDEA, PyCharm and the others",
  needsTools: false,
  needsContext: 16_000,
  setup({ origin, key, model }) {
    return {
      files: [],
      env: {},
      steps: [
        `Settings > Tools > AI Assistant > Providers & API keys > OpenAI-compatible: URL ${origin}/v1, key ${key}, model ${model.id}.`,
        "Choose the model in AI Chat. Its agents need a model that calls tools.",
      ],
    };
  },
};
