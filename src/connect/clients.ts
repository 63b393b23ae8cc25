/** The clients that `hearth connect` knows. A new one is a file in clients/ and a line here. */
import type { Client } from "./client.ts";
import { aider } from "./clients/aider.ts";
import { claudeCode } from "./clients/claude-code.ts";
import { cline } from "./clients/cline.ts";
import { codex } from "./clients/codex.ts";
import { continueDev } from "./clients/continue.ts";
import { environment } from "./clients/env.ts";
import { geminiCli } from "./clients/gemini-cli.ts";
import { goose } from "./clients/goose.ts";
import { gptme } from "./clients/gptme.ts";
import { homeAssistant } from "./clients/home-assistant.ts";
import { jetbrains } from "./clients/jetbrains.ts";
import { litellm } from "./clients/litellm.ts";
import { llm } from "./clients/llm.ts";
import { openWebui } from "./clients/open-webui.ts";
import { opencode } from "./clients/opencode.ts";
import { qwenCode } from "./clients/qwen-code.ts";
import { vscode } from "./clients/vscode.ts";
import { zed } from "./clients/zed.ts";

export const clients: readonly Client[] = [
  opencode,
  cline,
  codex,
  claudeCode,
  qwenCode,
  geminiCli,
  goose,
  gptme,
  aider,
  continueDev,
  vscode,
  zed,
  jetbrains,
  llm,
  litellm,
  openWebui,
  homeAssistant,
  environment,
];
