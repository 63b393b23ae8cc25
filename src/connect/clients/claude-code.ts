import { join } from "node:path";
import type { Client } from "../client.ts";
import { folderOf } from "../folders.ts";

/**
 * Every name under which it asks for a model stands for one that is here: its sub-agents, titles and background work too.
 * Its attribution line is the first of the system prompt and differs from conversation to conversation, so that no engine
 * could reuse the 20,000 tokens behind it.
 */
export const claudeCode: Client = {
  name: "claude-code",
  title: "Claude Code",
  summary: "Anthropic's coding agent in the terminal",
  needsTools: true,
  needsContext: 48_000,
  setup({ origin, key, model, small, env }) {
    return {
      files: [
        {
          paths: [join(folderOf(env, "CLAUDE_CONFIG_DIR", "~/.claude"), "settings.json")],
          format: "json",
          settings: [
            {
              path: ["env"],
              value: {
                ANTHROPIC_BASE_URL: origin,
                ANTHROPIC_AUTH_TOKEN: key,
                ANTHROPIC_MODEL: model.id,
                ANTHROPIC_DEFAULT_OPUS_MODEL: model.id,
                ANTHROPIC_DEFAULT_SONNET_MODEL: model.id,
                ANTHROPIC_DEFAULT_HAIKU_MODEL: small.id,
                ANTHROPIC_SMALL_FAST_MODEL: small.id,
                CLAUDE_CODE_SUBAGENT_MODEL: model.id,
                CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
                CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(model.context),
                CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(model.output),
                CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
              },
            },
          ],
        },
      ],
      env: {},
      steps: [],
    };
  },
};
