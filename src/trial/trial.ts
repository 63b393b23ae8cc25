/** One thing that `hearth test` tries with a model: a file in trials/ exports some of these, and trials.ts lists them. */
import type { Capability } from "../domain/model.ts";
import type { Figures } from "./figures.ts";
import type { Subject } from "./subject.ts";

export const trialGroups = ["speed", "apis", "tools", "json", "vision", "soak", "memory"] as const;
export type TrialGroup = (typeof trialGroups)[number];

export interface Trial {
  /** As `--only` takes it, a group's with a slash: `tools/parallel`. */
  name: string;
  group: TrialGroup;
  /** Tried with models that claim one of these. Empty: with every model. */
  needs: readonly Capability[];
  /** Takes minutes, so `--quick` leaves it out. */
  slow?: true;
  /** Throws a TrialFailure, or whatever the connection throws. */
  run(subject: Subject): Promise<Seen>;
}

export type Seen = { says: string; figures?: Partial<Figures> } | { skipped: string };
