/** A request's body on its way to a model: what was asked, and what it has become so far. */
import type { RequestBody } from "../body/request-body.ts";

/** Of the engine's route: what it takes beside the prompt differs. */
export type Kind = "chat" | "text";

/** A body, parsed only where somebody has to look into it. */
export class Asked {
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
  readonly asked: Asked;
  /** Names of the fixups that changed something. */
  readonly applied: string[] = [];
  #changed: Record<string, unknown> | null = null;

  constructor(asked: Asked) {
    this.asked = asked;
  }

  get json(): Record<string, unknown> {
    return this.#changed ?? this.asked.json;
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
