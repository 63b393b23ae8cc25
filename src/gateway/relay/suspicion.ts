/** What one request has to do with its engine's deaths. Its fingerprint is taken only when there is a reason to. */
import { createHash } from "node:crypto";
import type { ProblemData } from "../../domain/problem.ts";
import type { Accepted } from "./accepted.ts";
import { endsEngine } from "./problems.ts";
import type { Suspects } from "./suspects.ts";

export class Suspicion {
  readonly #suspects: Suspects;
  readonly #accepted: Pick<Accepted, "model" | "key" | "calls">;
  #fingerprint: string | null = null;
  /** The start whose engine broke off last, so that two signs of one death count once. */
  #lost: number | null = null;
  #again = false;

  constructor(suspects: Suspects, accepted: Pick<Accepted, "model" | "key" | "calls">) {
    this.#suspects = suspects;
    this.#accepted = accepted;
  }

  /** Why it is not sent any more, or null. */
  get refusal(): ProblemData | null {
    const { model } = this.#accepted;
    if (!this.#suspects.has(model)) return null;
    return this.#suspects.isGuilty(model, this.#print()) ? endsEngine(model) : null;
  }

  /** Whether it may be sent now: suspects of a model go one at a time. */
  mayGo(): boolean {
    const { model } = this.#accepted;
    const suspected = this.#suspects.has(model) && this.#suspects.isSuspect(model, this.#print());
    return !suspected || this.#suspects.enter(model, this);
  }

  /** The engine of this start broke off. */
  lost(generation: number): void {
    if (this.#lost === generation) return;
    const { model } = this.#accepted;
    this.#again = this.#suspects.isSuspect(model, this.#print());
    this.#lost = generation;
    this.#suspects.lost(model, this.#print(), generation);
  }

  /** Its engine broke off for good. Resolves when it is known whether that was a death; at once where it was the first. */
  async verdict(): Promise<void> {
    if (this.#again && this.#lost !== null && this.refusal === null)
      await this.#suspects.news(this.#accepted.model, this.#lost);
  }

  /** `answered`: so it was not to blame. */
  over({ answered }: { answered: boolean }): void {
    const { model } = this.#accepted;
    if (answered && this.#suspects.has(model)) this.#suspects.clear(model, this.#print());
    this.#suspects.leave(model, this);
  }

  /** Of what a client sends again when it tries again. */
  #print(): string {
    const { model, key, calls } = this.#accepted;
    this.#fingerprint ??= createHash("sha256")
      .update(`${JSON.stringify([key.name, model])}\n`)
      .update(calls[0]!.body.bytes)
      .digest("base64");
    return this.#fingerprint;
  }
}
