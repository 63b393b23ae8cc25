/** How long a request is left at its engine when nothing moves any more: looked at by each sweep. */
import type { ProblemData } from "../../domain/problem.ts";
import type { ExchangeParts } from "./parts.ts";
import type { AtEngine } from "./phases.ts";
import { hung, stalled } from "./problems.ts";

type PatienceParts = Pick<ExchangeParts, "settings" | "crowd" | "timing">;

/** Told at most once a look, perhaps later. `left`: it is the client that does not read. */
type GiveUp = (why: ProblemData | "left") => void;

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
    const { settings, crowd, timing } = this.#parts;
    const quietMs = silence.look(now);
    if (attempt.paused) {
      if (quietMs > timing.clientSilenceMs) giveUp("left");
    } else if (silence.isHung(now, settings.silenceMs, () => this.#streaming && crowd.waits(now))) {
      giveUp(hung(this.#model));
    } else if (quietMs > settings.stallMs && !silence.probing) void this.#probe(phase, giveUp);
  }

  async #probe({ ticket, silence }: AtEngine, giveUp: GiveUp): Promise<void> {
    if (await silence.isDeath(ticket)) giveUp(stalled(this.#model, this.#parts.settings.stallMs / 1000));
  }
}
