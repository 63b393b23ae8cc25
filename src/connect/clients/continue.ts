import { join } from "node:path";
import type { Client, ConnectFacts, ConnectModel } from "../client.ts";
import { folderOf } from "../folders.ts";

export const continueDev: Client = {
  name: "continue",
  title: "Continue",
  summary: "assistant in VS Code and JetBrains",
  needsTools: false,
  needsContext: 8000,
  setup(facts) {
    const { models, model, env } = facts;
    const chosenFirst = [model, ...models.filter((other) => other !== model)];
    return {
      files: [
        {
          paths: [join(folderOf(env, "CONTINUE_GLOBAL_DIR", "~/.continue"), "config.yaml")],
          format: "yaml",
          settings: [
            { path: ["name"], fallback: "Hearth" },
            { path: ["version"], fallback: "1.0.0" },
            { path: ["schema"], fallback: "v1" },
            { path: ["models"], items: chosenFirst.map((one) => entry(one, facts)), by: "name" },
          ],
        },
      ],
      env: {},
      steps: [],
    };
  },
};

function entry(
  { id, context, output, tools, vision }: ConnectModel,
  { origin, key }: ConnectFacts,
): Record<string, unknown> {
  return {
    name: `Hearth: ${id}`,
    provider: "openai",
    model: id,
    apiBase: `${origin}/v1`,
    apiKey: key,
    roles: ["chat", "edit", "apply"],
    capabilities: [...(tools ? ["tool_use"] : []), ...(vision ? ["image_input"] : [])],
    defaultCompletionOptions: { contextLength: context, maxTokens: output },
  };
}
