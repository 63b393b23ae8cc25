import type { Logger } from "pino";
import type { EnsureWeights } from "../waker/weights.ts";
import { ensureWeights } from "../weights/weights.ts";

/** Weights as `ensureWeights` brings them; why a source was passed over is told in the log. */
export function loggedWeights(log: Logger): EnsureWeights {
  return (spec, options) =>
    ensureWeights(spec, {
      ...options,
      onSkipped: ({ source, reason }) => log.info({ file: spec.file }, `weights: not from ${source}: ${reason}`),
    });
}
