import type { Logger } from "pino";
import { resolutionsIn } from "../resolved/resolutions.ts";
import type { EnsureWeights } from "../waker/weights.ts";
import { hubAsker } from "../weights/hub.ts";
import { ensureWeights } from "../weights/weights.ts";

/** Weights as `ensureWeights` brings them; why a source was passed over is told in the log. */
export function loggedWeights(log: Logger): EnsureWeights {
  return (spec, options) =>
    ensureWeights(spec, {
      ...options,
      resolutions: resolutionsIn(options.home, hubAsker(process.env), (news) => log.info(news)),
      onSkipped: ({ source, reason }) => log.info({ file: spec.file }, `weights: not from ${source}: ${reason}`),
    });
}
