import { join } from "node:path";
import type { Client } from "../client.ts";
import { folderOf } from "../folders.ts";

/** It speaks Google's API, which Hearth answers under the same address. */
export const geminiCli: Client = {
  name: "gemini-cli",
  title: "Gemini CLI",
  summary: "Google's coding agent in the terminal",
  needsTools: true,
  needsContext: 32_000,
  setup({ origin, key, model, env }) {
    return {
      files: [
        {
          paths: [join(folderOf(env, "GEMINI_CLI_HOME", "~"), ".gemini", "settings.json")],
          format: "json",
          settings: [
            { path: ["security", "auth", "selectedType"], value: "gemini-api-key" },
            { path: ["model", "name"], value: model.id },
          ],
        },
      ],
      env: { GOOGLE_GEMINI_BASE_URL: origin, GEMINI_API_KEY: key },
      steps: [],
    };
  },
};
