/** A model of the catalog as it is offered to people: what speaks for it here, and what it costs. */
import type { Capability, ModelStatus } from "./model.ts";

export interface ChoiceView {
  id: string;
  summary: string;
  status: ModelStatus;
  statusReason: string | null;
  /** Purposes, the best first. */
  goodFor: readonly string[];
  capabilities: readonly Capability[];
  /** Tokens of prompt and answer that a client is best told. */
  context: number;
  memoryGiB: number;
  /** What it takes for a while when it starts, where that is more. */
  startPeakGiB: number | null;
  /** A start leaves so little that the machine may hang: everything else is to be saved first. */
  mayHangMachine: boolean;
  /** It wants the machine to itself. */
  exclusive: boolean;
  /** Clients that it does not go with, and the model to use there. */
  notWith: readonly { client: string; use: string }[];
  /** Why the machine cannot run it, as a part of a sentence; null where it can. */
  hindrance: string | null;
  costs: Costs;
}

export interface Costs {
  /** Gigabytes (10^9 bytes) of weights, rounded up to a tenth. Null where nobody knows. */
  downloadGB: number | null;
  /** An image is pulled or built too, the first time. */
  image: "none" | "pulled" | "built";
  /** Minutes to build it; null where nobody knows, or it is not built. */
  buildMinutes: { from: number; to: number } | null;
  /** Registry that wants a login first. */
  login: string | null;
  /** From start to ready, once everything is there. */
  secondsToFirstWord: number;
  /** Of one answer; null where nobody has published it. */
  tokensPerSecond: Speed | null;
}

export interface Speed {
  from: number;
  to: number;
  /** Who has measured it, where and when; or how it was guessed. */
  source: string;
  guessed: boolean;
}
