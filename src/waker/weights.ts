import type { ModelSpec, WeightsSpec } from "../domain/model.ts";

/** Bytes so far and altogether. */
export interface WeightsProgress {
  doneBytes: number;
  totalBytes: number;
}

/** Brings one weights file and returns its path; src/weights/weights.ts in life. */
export type EnsureWeights = (
  spec: WeightsSpec,
  options: { home: string; signal: AbortSignal; onProgress: (progress: WeightsProgress) => void },
) => Promise<string>;

/** Weights of one model: null where it brings its own. */
export type WeightsSource = (
  spec: ModelSpec,
) => (signal: AbortSignal, onProgress: (percent: number | null) => void) => Promise<string | null>;

export function weightsFrom(ensureWeights: EnsureWeights, home: string): WeightsSource {
  return (spec) => async (signal, onProgress) => {
    if (spec.weights === undefined) return null;
    return ensureWeights(spec.weights, {
      home,
      signal,
      onProgress: ({ doneBytes, totalBytes }) =>
        onProgress(totalBytes > 0 ? Math.floor((doneBytes / totalBytes) * 100) : null),
    });
  };
}
