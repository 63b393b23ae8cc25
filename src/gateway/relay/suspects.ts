/**
 * Requests that were at an engine when it died. One of them may have ended it, so they are sent again one at a time;
 * the one that was there at two deaths is never sent again. Kept in memory, as hashes.
 */
import type { Link, WakerEvent } from "../../link/link.ts";

/** Of each model; the one that was seen the longest ago makes room. */
const remembered = 1000;
const deathsToRefuse = 2;
/** The waker tells of an engine's end within this of its broken connections; later it was another matter. */
const newsMs = 30_000;
/** So long a request that was at one death waits to hear whether this was the second. */
const verdictMs = 20_000;
/** Of each model: the starts whose end is remembered, because the news may come before the broken connections. */
const rememberedEnds = 8;

type Fate = "failed" | "stopped";

interface Suspect {
  deaths: number;
  /** Which start of the engine broke off, and when, as long as nobody knows why; ms of `performance.now()`. */
  lost: { generation: number; at: number } | null;
}

export class Suspects {
  /** By model and fingerprint. */
  readonly #byModel = new Map<string, Map<string, Suspect>>();
  /** By model and start of its engine. */
  readonly #fates = new Map<string, Map<number, Fate>>();
  /** Of each model: the one that may be sent now. */
  readonly #lanes = new Map<string, object>();
  readonly #curious = new Map<string, Set<() => void>>();

  has(model: string): boolean {
    return this.#byModel.has(model);
  }

  isSuspect(model: string, fingerprint: string): boolean {
    return this.#byModel.get(model)?.has(fingerprint) === true;
  }

  isGuilty(model: string, fingerprint: string): boolean {
    return (this.#byModel.get(model)?.get(fingerprint)?.deaths ?? 0) >= deathsToRefuse;
  }

  /** This start of the engine broke off before it had answered. Whether it has died, the waker tells, or has told. */
  lost(model: string, fingerprint: string, generation: number): void {
    const suspects = this.#byModel.get(model) ?? new Map<string, Suspect>();
    this.#byModel.set(model, suspects);
    const suspect: Suspect = { deaths: suspects.get(fingerprint)?.deaths ?? 0, lost: null };
    const fate = this.#fates.get(model)?.get(generation);
    if (fate === undefined) suspect.lost = { generation, at: performance.now() };
    else if (fate === "failed") suspect.deaths += 1;
    suspects.delete(fingerprint);
    suspects.set(fingerprint, suspect);
    if (suspects.size <= remembered) return;
    const [oldest] = suspects.keys();
    suspects.delete(oldest!);
  }

  /** It has been answered, so it was not to blame. */
  clear(model: string, fingerprint: string): void {
    const suspects = this.#byModel.get(model);
    suspects?.delete(fingerprint);
    if (suspects?.size === 0) this.#byModel.delete(model);
  }

  /** News of the waker: an engine that has died counts against all that it broke off, one that was stopped does not. */
  hear({ type, model, generation }: Pick<WakerEvent, "type" | "model" | "generation">): void {
    if ((type !== "failed" && type !== "stopped") || model === undefined || generation === undefined) return;
    this.#remember(model, generation, type);
    for (const suspect of this.#byModel.get(model)?.values() ?? []) {
      if (suspect.lost?.generation !== generation) continue;
      if (type === "failed" && performance.now() - suspect.lost.at < newsMs) suspect.deaths += 1;
      suspect.lost = null;
    }
    for (const tell of this.#curious.get(model) ?? []) tell();
    this.#curious.delete(model);
  }

  /** True where it is this one's turn, which it keeps until it leaves. */
  enter(model: string, who: object): boolean {
    const inside = this.#lanes.get(model) ?? who;
    this.#lanes.set(model, inside);
    return inside === who;
  }

  leave(model: string, who: object): void {
    if (this.#lanes.get(model) === who) this.#lanes.delete(model);
  }

  /** Resolves when it is known how this start of the model's engine ended, or when that has not come for a while. */
  news(model: string, generation: number): Promise<void> {
    if (this.#fates.get(model)?.has(generation)) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const curious = this.#curious.get(model) ?? new Set();
    this.#curious.set(model, curious.add(resolve));
    setTimeout(() => {
      curious.delete(resolve);
      resolve();
    }, verdictMs).unref();
    return promise;
  }

  #remember(model: string, generation: number, fate: Fate): void {
    const fates = this.#fates.get(model) ?? new Map<number, Fate>();
    this.#fates.set(model, fates.set(generation, fate));
    if (fates.size <= rememberedEnds) return;
    const [oldest] = fates.keys();
    fates.delete(oldest!);
  }
}

/** Those that this waker's news are about, as long as the link lasts. */
export function suspectsOf(link: Pick<Link, "subscribe">): Suspects {
  const suspects = new Suspects();
  link.subscribe((event) => suspects.hear(event));
  return suspects;
}
