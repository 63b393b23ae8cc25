/** Where models' weights lie and how they come there, as far as the waker needs to know. */
import type { ModelSpec } from "../domain/model.ts";
import type { StoredWeights, WeightsProgress } from "../domain/weights.ts";

export interface FetchWeights {
  signal: AbortSignal;
  /** Bytes per second at most; null = as fast as it goes. */
  limit: number | null;
  onProgress: (progress: WeightsProgress) => void;
}

/** The composition root gives one that knows files, volumes and the hub. */
export interface WeightsKeeper {
  /**
   * Brings everything that the model reads. Resolves to the absolute path of its file, null where it has none. Rejects
   * with a Problem that says what to do.
   */
  fetch(spec: ModelSpec, options: FetchWeights): Promise<string | null>;
  /** The same ahead of a start, where it is known to be of use: null at once where the engine fetches by itself. */
  forStart(spec: ModelSpec, options: FetchWeights): Promise<string | null>;
  /** Reads all of it. Rejects with a Problem that names what is missing or damaged; that is fetched anew by `fetch`. */
  verify(spec: ModelSpec, options: Omit<FetchWeights, "limit">): Promise<void>;
  /** What lies on this machine, and what of these models does not. */
  list(specs: readonly ModelSpec[], signal: AbortSignal): Promise<StoredWeights[]>;
  remove(stored: StoredWeights, specs: readonly ModelSpec[], signal: AbortSignal): Promise<void>;
}

/** What the model reads, by the names under which it is kept. */
export function weightsOf({ weights, runtime }: ModelSpec): { name: string; bytes: number | null }[] {
  const file = weights === undefined ? [] : [{ name: weights.file, bytes: weights.bytes }];
  const repositories = runtime.kind === "container" ? (runtime.repositories ?? []) : [];
  return [...file, ...repositories.map(({ repo, bytes }) => ({ name: repo, bytes }))];
}
