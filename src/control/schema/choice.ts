/** The chooser's answer as a schema, for openapi.json; the compiler holds it to the type. */
import { z } from "zod";
import type { ChoiceView } from "../../domain/choice-view.ts";
import { capabilities, modelStatuses } from "../../domain/model.ts";

const span = z.object({ from: z.number(), to: z.number() });

const costs = z.object({
  downloadGB: z.number().nullable().meta({ description: "Gigabytes (10^9 bytes) of weights." }),
  image: z.enum(["none", "pulled", "built"]).meta({ description: "What the first start needs beside the weights." }),
  buildMinutes: span.nullable().meta({ description: "Minutes to build its image, once." }),
  login: z.string().nullable().meta({ description: "Registry that wants a login first." }),
  secondsToFirstWord: z.number().meta({ description: "From start to ready, once everything is there." }),
  tokensPerSecond: span
    .extend({
      source: z.string().meta({ description: "Who has measured it, where and when; or how it was guessed." }),
      guessed: z.boolean(),
    })
    .nullable()
    .meta({ description: "Of one answer; null where nobody has published it." }),
});

export const choiceSchema = z
  .object({
    id: z.string(),
    summary: z.string(),
    status: z.enum(modelStatuses),
    statusReason: z.string().nullable(),
    goodFor: z.array(z.string()).readonly().meta({ description: "Purposes, the best first." }),
    capabilities: z.array(z.enum(capabilities)).readonly(),
    context: z.int().meta({ description: "Tokens of prompt and answer that a client is best told." }),
    memoryGiB: z.number(),
    startPeakGiB: z.number().nullable().meta({ description: "What it takes for a while when it starts, if more." }),
    mayHangMachine: z.boolean().meta({
      description: "Its start leaves so little that the machine may hang: everything else is to be saved first.",
    }),
    exclusive: z.boolean().meta({ description: "It wants the machine to itself." }),
    notWith: z
      .array(z.object({ client: z.string(), use: z.string() }))
      .readonly()
      .meta({ description: "Clients that it does not go with, and the model to use there." }),
    hindrance: z.string().nullable().meta({
      description: "Why the machine cannot run it, as a part of a sentence; null where it can.",
    }),
    costs,
  })
  .meta({ id: "Choice", description: "A model of the catalog as it is offered." }) satisfies z.ZodType<ChoiceView>;

export const seenChoiceSchema = choiceSchema.extend({
  served: z.boolean().meta({ description: "A request for it is taken here." }),
  memoryUse: z.object({ startPeakGiB: z.number(), restGiB: z.number() }).nullable().meta({
    description: "What its engines were seen to take on this machine, at most; used in place of `memoryGiB`.",
  }),
});
