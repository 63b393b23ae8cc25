/** A request on its way to a model: what was asked for, and what it has become so far. */
import type { KeyConfig } from "../../config/types.ts";
import { exactObject } from "../../domain/exact-json.ts";
import type { JsonObject } from "../../domain/json-object.ts";
import type { ModelView } from "../../link/link.ts";
import { type RequestBody, rewritten } from "../body/request-body.ts";
import type { RelayRoute } from "../dialects/api.ts";
import type { Settings } from "../settings.ts";
import type { AskParts } from "../upstream/ask-engine.ts";
import type { EngineCall } from "./call.ts";
import { type Form, formOf } from "./form.ts";

/** What fitting takes of the rest of the gateway. */
export interface FitParts {
  settings: Pick<Settings, "fallback" | "imageBytes">;
  /** For counts of a model's own; null where nobody can be asked. */
  ask: AskParts | null;
}

/** What is to be made to fit a model. */
export interface FitRequest {
  id: string;
  key: Pick<KeyConfig, "name">;
  route: RelayRoute;
  /** With its `?`, or empty. */
  query: string;
  /** As it came. */
  body: RequestBody;
  /** How an engine can be asked, best first; the last one is in OpenAI's words, unless it cannot be told in them. */
  calls: EngineCall[];
  /** Of the model that was asked for; null where it is that model itself. */
  variant: string | null;
  streaming: boolean;
  /** Corrections are welcome. */
  fixups: boolean;
  /** Told the name of each that changed something in an answer. */
  fixed: (name: string) => void;
  /** Models that could be used, or named, instead. */
  others: () => ModelView[];
}

/** One model's version of one call. */
export class Draft {
  readonly form: Form | null;
  /** As it came, or was translated. */
  readonly body: RequestBody;
  /** Names of the fixups that changed something. */
  readonly applied: string[] = [];
  /** What must be said cannot be said in these words. */
  unsayable = false;
  readonly #call: EngineCall;
  #json: JsonObject | null = null;
  #isChanged = false;

  constructor(call: EngineCall) {
    this.#call = call;
    this.form = call.body.fields.json === null ? null : formOf(call.path);
    this.body = call.body;
  }

  /** Parsed only where somebody has to look into it. */
  get json(): JsonObject {
    this.#json ??= exactObject(this.body.bytes);
    return this.#json;
  }

  /** Nothing happens where `body` is what it is already. */
  become(body: JsonObject, ...names: string[]): void {
    if (body === this.json) return;
    this.#json = body;
    this.#isChanged = true;
    this.applied.push(...names);
  }

  /** Throws a Problem (`invalid_request`). */
  get call(): EngineCall {
    const { applied } = this;
    if (!this.#isChanged) return this.#call;
    return { ...this.#call, body: rewritten(this.body, this.json), applied: [...this.#call.applied, ...applied] };
  }
}
