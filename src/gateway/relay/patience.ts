/** How long a request is left at its engine when nothing moves any more: looked at by each sweep. */
import { setTimeout as pause } from "node:timers/promises";
import type { ProblemData } from "../../domain/problem.ts";
import type { ExchangeParts } from "./parts.ts";
import type { AtEngine } from "./phases.ts";
import { hung, stalled } from "./problems.ts";

type PatienceParts = Pick<ExchangeParts, "settings" | "crowd" | "timing" | "work">;

/** Told at most once a look, perhaps later. `left`: it is the client that does not read. */
type GiveUp = (why: ProblemData | "left") => void;

/** An engine that works has counted on within this, or a part of the silence where that is shorter. */
const longestDoubtMs = 10_000;
const partInDoubt = 4;

export class Patience {
  readonly #parts: PatienceParts;
  readonly #model: string;
  readonly #streaming: boolean;

  constructor(parts: PatienceParts, { model, streaming }: { model: string; streaming: boolean }) {
    this.#parts = parts;
    this.#model = model;
    this.#streaming = streaming;
  }

  /** `now`: milliseconds of `performance.now()`. */
  look(phase: AtEngine, now: number, giveUp: GiveUp): void {
    const { attempt, silence } = phase;
    const { settings, timing } = this.#parts;
    const quietMs = silence.look(now);
    if (attempt.paused) {
      if (quietMs > timing.clientSilenceMs) giveUp("left");
    } else if (silence.probing) return;
    else if (this.#isHung(phase, now)) void this.#lookForWork(phase, giveUp);
    else if (quietMs > settings.stallMs) void this.#probe(phase, giveUp);
  }

  #isHung({ silence }: AtEngine, now: number): boolean {
    const { settings, crowd } = this.#parts;
    return silence.isHung(now, settings.silenceMs, () => this.#streaming && crowd.waits(now));
  }

  async #probe({ ticket, silence }: AtEngine, giveUp: GiveUp): Promise<void> {
    if (await silence.isDeath(ticket)) giveUp(stalled(this.#model, this.#parts.settings.stallMs / 1000));
  }

  /** An answer that is not streamed is silent to its end, however hard its engine works at it. */
  async #lookForWork(phase: AtEngine, giveUp: GiveUp): Promise<void> {
    const { silence } = phase;
    silence.probing = true;
    const works = await this.#isWorkedOn(phase);
    silence.probing = false;
    const now = performance.now();
    silence.look(now);
    if (works && silence.works(now)) return;
    if (this.#isHung(phase, now)) giveUp(hung(this.#model));
  }

  async #isWorkedOn({ attempt: { grant } }: AtEngine): Promise<boolean> {
    const before = await this.#parts.work(grant);
    if (before === null) return false;
    const doubtMs = Math.min(longestDoubtMs, this.#parts.settings.silenceMs / partInDoubt);
    await pause(doubtMs, undefined, { ref: false });
    const after = await this.#parts.work(grant);
    return after?.hasAll === true && after.done > before.done;
  }
}
