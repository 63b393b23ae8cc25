/** Weights that are being fetched because somebody asked for them ahead of time; one download a file at a time. */
import type { ModelSpec, WeightsSpec } from "../domain/model.ts";

/** Gets a weights file ahead of time; `onProgress` may be called with the bytes that are there so far. */
export type PullWeights = (
  weights: WeightsSpec,
  options: { signal: AbortSignal; onProgress: (bytes: number) => void },
) => Promise<unknown>;

export interface PullState {
  file: string;
  receivedBytes: number;
  bytes: number;
  /** Why it failed; null while it goes on. A pull that has succeeded is forgotten: its file is there. */
  failure: string | null;
}

export interface Pulls {
  /** Joins the download of the same file where there is one. Resolves when the file is there. */
  start(spec: ModelSpec & { weights: WeightsSpec }): Promise<void>;
  list(): PullState[];
}

/** `closing` ends all downloads; they go on where they were when asked for again. */
export function pullsWith(pull: PullWeights, closing: AbortSignal): Pulls {
  const states = new Map<string, PullState>();
  const running = new Map<string, Promise<void>>();

  async function fetch(weights: WeightsSpec): Promise<void> {
    const state: PullState = { file: weights.file, receivedBytes: 0, bytes: weights.bytes, failure: null };
    states.set(weights.file, state);
    try {
      await pull(weights, {
        signal: closing,
        onProgress: (bytes) => {
          state.receivedBytes = bytes;
        },
      });
      states.delete(weights.file);
    } catch (error) {
      state.failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  return {
    start({ weights }) {
      const { file } = weights;
      let work = running.get(file);
      if (work === undefined) {
        work = fetch(weights);
        running.set(file, work);
        const done = () => running.delete(file);
        work.then(done, done);
      }
      return work;
    },
    list: () => [...states.values()],
  };
}
