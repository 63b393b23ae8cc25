/** A request on its way to a model: what was asked for, and what it has become so far. */
import type { KeyConfig } from "../../config/types.ts";
import type { ModelView } from "../../link/link.ts";
import type { RequestBody } from "../body/request-body.ts";
import type { PromptWords } from "../dialects/chat/prompt-words.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Settings } from "../settings.ts";
import type { AskParts } from "../upstream/ask-engine.ts";
import type { EngineCall } from "./call.ts";

/** What fitting takes of the rest of the gateway. */
export interface FitParts extends AskParts {
  metrics: Metrics;
  settings: Settings;
}

/** What is to be made to fit a model. */
export interface FitRequest {
  id: string;
  key: KeyConfig;
  /** How an engine can be asked, best first; the last one is in OpenAI's words. */
  calls: EngineCall[];
  /** Of the model that was asked for; null where it is that model itself. */
  variant: string | null;
  streaming: boolean;
  promptWords: PromptWords | null;
  /** Corrections are welcome. */
  fixups: boolean;
  /** Told the name of each that changed something, in the answer too. */
  fixed: (name: string) => void;
  /** Models that could be used, or named, instead. */
  others: () => ModelView[];
}

/** Of the engine's route: what it takes beside the prompt differs. */
export type Kind = "chat" | "text";

/** The body as it came, parsed only where somebody has to look into it. */
export class Original {
  readonly body: RequestBody;
  readonly kind: Kind;
  #json: Record<string, unknown> | null = null;

  constructor(body: RequestBody, kind: Kind) {
    this.body = body;
    this.kind = kind;
  }

  get json(): Record<string, unknown> {
    this.#json ??= JSON.parse(this.body.bytes.toString("utf8")) as Record<string, unknown>;
    return this.#json;
  }
}

/** One model's version of it. */
export class Draft {
  readonly original: Original;
  /** Names of the fixups that changed something. */
  readonly applied: string[] = [];
  #changed: Record<string, unknown> | null = null;

  constructor(original: Original) {
    this.original = original;
  }

  get json(): Record<string, unknown> {
    return this.#changed ?? this.original.json;
  }

  get isChanged(): boolean {
    return this.#changed !== null;
  }

  /** Nothing happens where `body` is what it is already. */
  become(body: Record<string, unknown>, ...names: string[]): void {
    if (body === this.json) return;
    this.#changed = body;
    this.applied.push(...names);
  }
}
