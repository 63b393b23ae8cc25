/** What is to be made to suit a model, and what that takes. */
import type { KeyConfig } from "../../config/types.ts";
import type { ModelView } from "../../link/link.ts";
import type { PromptWords } from "../dialects/chat/prompt-words.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Settings } from "../settings.ts";
import type { AskParts } from "../upstream/ask-engine.ts";
import type { Way } from "./call.ts";

export interface SuitParts extends AskParts {
  metrics: Metrics;
  settings: Settings;
}

export interface Wanted {
  id: string;
  key: KeyConfig;
  /** How an engine can be asked, best first; the last one is in OpenAI's words. */
  ways: Way[];
  streaming: boolean;
  promptWords: PromptWords | null;
  /** Corrections are welcome. */
  fixups: boolean;
  /** Models that could be used, or named, instead. */
  others: () => ModelView[];
}
