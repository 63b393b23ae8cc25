import type { Figures } from "./figures.ts";

/** A claim that did not hold, with the proof: what was sent, and what came. */
export class TrialFailure extends Error {
  readonly sent: unknown;
  readonly came: unknown;
  /** What was measured all the same. */
  readonly figures: Partial<Figures>;

  constructor(message: string, { sent, came, figures = {} }: Proof) {
    super(message);
    this.name = "TrialFailure";
    this.sent = sent;
    this.came = came;
    this.figures = figures;
  }
}

export interface Proof {
  sent: unknown;
  came: unknown;
  figures?: Partial<Figures>;
}
