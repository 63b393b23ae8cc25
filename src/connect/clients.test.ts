import { describe, expect, test } from "vitest";
import type { ConnectFacts, ConnectModel } from "./client.ts";
import { clients } from "./clients.ts";

const able = { summary: "", context: 65_536, output: 8192, tools: true, vision: false, reasoning: false };
const big: ConnectModel = { ...able, id: "big" };
const tiny: ConnectModel = { ...able, id: "tiny" };

function setupOf(name: string, small: ConnectModel) {
  const facts: ConnectFacts = {
    ...{ origin: "http://127.0.0.1:8009", key: "KEY", env: { HOME: "/home/you" } },
    ...{ models: [big], model: big, small },
  };
  return clients.find((client) => client.name === name)!.setup(facts);
}

describe("where no model runs beside the big one", () => {
  test("Open WebUI is told of none for its titles: it would be loaded in the place of the chat's after every message", () => {
    expect(setupOf("open-webui", big).env).not.toHaveProperty("TASK_MODEL_EXTERNAL");
    expect(setupOf("open-webui", big).steps.join()).not.toContain("TASK_MODEL");
    expect(setupOf("open-webui", tiny).env).toMatchObject({ TASK_MODEL_EXTERNAL: "tiny" });
  });
});

test("every model that Claude Code asks for by itself is one that is here, and nothing spoils the cache of prefixes", () => {
  const [file] = setupOf("claude-code", tiny).files;
  const [setting] = file!.settings;
  expect(setting).toMatchObject({
    value: {
      ANTHROPIC_MODEL: "big",
      ANTHROPIC_DEFAULT_OPUS_MODEL: "big",
      ANTHROPIC_DEFAULT_SONNET_MODEL: "big",
      ANTHROPIC_DEFAULT_HAIKU_MODEL: "tiny",
      ANTHROPIC_SMALL_FAST_MODEL: "tiny",
      CLAUDE_CODE_SUBAGENT_MODEL: "big",
      CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
    },
  });
});

test("Home Assistant is told from which version it has a place for the key, and what to do before", () => {
  const steps = setupOf("home-assistant", tiny).steps.join(" ");
  expect(steps).toContain("since version 2026.4");
  expect(steps).toContain("http://127.0.0.1:8009/k/KEY");
});
