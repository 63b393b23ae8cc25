import { join } from "node:path";
import type { Client } from "../client.ts";
import { configFolder, folderOf } from "../folders.ts";
import { withKey } from "../key-in-path.ts";

/** Copilot's provider for Ollama has a place for an address and none for a key. */
export const vscode: Client = {
  name: "vscode",
  title: "VS Code",
  summary: "Copilot's chat and agent in VS Code",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, model, env }) {
    const folders = [
      configFolder(env, "Code"),
      join(folderOf(env, "HOME", "~"), "Library", "Application Support", "Code"),
    ] as const;
    return {
      files: [
        {
          paths: [join(folders[0], "User", "settings.json"), join(folders[1], "User", "settings.json")],
          format: "json",
          settings: [{ path: ["github.copilot.chat.byok.ollamaEndpoint"], value: withKey(origin, key) }],
        },
      ],
      env: {},
      steps: [
        `In the chat: the model's name > Manage Models > Ollama, and choose ${model.id}.`,
        `From version 1.122 on, where Ollama is no longer offered: Manage Models > Add Models > Custom Endpoint, Chat Completions, URL ${origin}/v1/chat/completions, the key, model ID ${model.id}, ${model.context - model.output} input and ${model.output} output tokens.`,
      ],
    };
  },
};
