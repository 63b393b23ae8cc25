/** The clients that `hearth connect` knows. A new one is a file in clients/ and a line here. */
import type { Client } from "./client.ts";
import { aider } from "./clients/aider.ts";
import { claudeCode } from "./clients/claude-code.ts";
import { cline } from "./clients/cline.ts";
import { codex } from "./clients/codex.ts";
import { continueDev } from "./clients/continue.ts";
import { environment } from "./clients/env.ts";
import { homeAssistant } from "./clients/home-assistant.ts";
import { openWebui } from "./clients/open-webui.ts";
import { opencode } from "./clients/opencode.ts";
import { zed } from "./clients/zed.ts";

export const clients: readonly Client[] = [
  opencode,
  cline,
  codex,
  claudeCode,
  continueDev,
  aider,
  zed,
  openWebui,
  homeAssistant,
  environment,
];
