/** One slow timer for everything that waits, instead of several timers per request. It rests while nothing does. */
import type { OpenRequestView } from "../../domain/open-request.ts";

export interface Swept {
  /** `now`: milliseconds of `performance.now()`. */
  sweep(now: number): void;
  /** What may be told of it. */
  view(): OpenRequestView;
}

export class Sweeper {
  readonly members = new Set<Swept>();
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;
  #emptied = Promise.withResolvers<void>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  add(member: Swept): void {
    this.members.add(member);
    this.#timer ??= setInterval(this.#sweep, this.#everyMs);
  }

  delete(member: Swept): void {
    this.members.delete(member);
    if (this.members.size > 0) return;
    this.#emptied.resolve();
    this.#emptied = Promise.withResolvers();
  }

  /** Resolves when it has no member, or nobody asks any more. */
  async emptied(unless?: AbortSignal): Promise<void> {
    if (this.members.size === 0 || unless?.aborted) return;
    const given = Promise.withResolvers<void>();
    unless?.addEventListener("abort", () => given.resolve(), { once: true });
    await Promise.race([this.#emptied.promise, given.promise]);
  }

  #sweep = (): void => {
    if (this.members.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      return;
    }
    const now = performance.now();
    for (const member of this.members) member.sweep(now);
  };
}
