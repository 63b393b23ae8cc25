/** Weights as commands see them: through the server that runs here, so that one owner fetches, else by themselves. */
import type { StoredWeights, WeightsJob } from "../../domain/weights.ts";

export interface ShelvedWeights extends StoredWeights {
  /** Seconds since the epoch; null = nobody on record. */
  lastUsedAt: number | null;
  /** Why it must stay now; null = it may go. */
  needed: string | null;
  unused: boolean;
}

export interface ShelfView {
  weights: ShelvedWeights[];
  jobs: WeightsJob[];
  takenBytes: number;
  budgetBytes: number | null;
}

export interface Shelf {
  /** What it was told to do goes on when the command ends. */
  goesOn: boolean;
  view(): Promise<ShelfView>;
  /** Resolves to the model's id. `onJob` hears how far it is, and how many are before it. */
  work(model: string, act: WeightsJob["act"], limit: number | null, onJob: OnJob): Promise<string>;
  /** Ends a pull; resolves to the model's id. */
  cancel(model: string): Promise<string>;
  remove(name: string): Promise<void>;
  /** Names of what this model reads, by id or alias; the name itself where it is that of weights. */
  namesOf(model: string): Promise<string[]>;
}

export type OnJob = (job: Pick<WeightsJob, "what" | "doneBytes" | "totalBytes" | "state">, before: number) => void;
