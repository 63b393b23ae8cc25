import type { Knobs } from "./knobs.ts";
import type { Stats } from "./stats.ts";

/** What the flags of one fake engine come to. */
export interface FakeOptions {
  model: string;
  context: number;
  /** Demanded as a bearer token on the model's routes, like vLLM's --api-key. */
  key: string | null;
  /** On the clock of performance.now(). */
  healthyAt: number;
  neverAnswers: boolean;
  defaults: Knobs;
  /** Files of script.ts; null = none. */
  script: string | null;
  bodies: string | null;
  stats: Stats;
}
