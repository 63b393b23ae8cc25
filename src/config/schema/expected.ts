/** What a model is expected to do on a machine: published, or measured by `hearth test --write`. */
import { z } from "zod";
import { duration, size, text } from "./fields.ts";

const source = text().meta({ description: "Where the figure comes from, with the date." });

export const speedSchema = z.strictObject({
  from: z.number().positive().meta({ description: "Tokens per second, the slowest that was seen." }),
  to: z.number().positive().meta({ description: "The fastest." }),
  source,
});

export const expectedSchema = z.strictObject({
  tokensPerSecond: speedSchema.optional().meta({ description: "One stream." }),
  load: z
    .strictObject({ time: duration().meta({ description: "From start to ready." }), source })
    .optional()
    .meta({ description: "How long a load takes." }),
  firstToken: z
    .strictObject({ time: duration().meta({ description: "From a short prompt to its first token." }), source })
    .optional()
    .meta({ description: "Of an engine that is warm." }),
  context: z
    .strictObject({ tokens: z.int().min(1).meta({ description: "The largest prompt that was answered." }), source })
    .optional()
    .meta({ description: "What of the window was reached." }),
  memory: z
    .strictObject({ size: size().meta({ description: "The most that its engine held." }), source })
    .optional()
    .meta({ description: "What it took." }),
});

export type Expected = z.output<typeof expectedSchema>;
