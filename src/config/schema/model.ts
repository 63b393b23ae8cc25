/** What can be said of a model, in the catalog and in `hearth.yaml`. */
import { z } from "zod";
import { fixupNames } from "../../domain/fixup-name.ts";
import { capabilities, modelStatuses } from "../../domain/model.ts";
import { modelIdFault } from "../../domain/model-id.ts";
import { expectedSchema } from "./expected.ts";
import { duration, size, text } from "./fields.ts";
import { modelPolicyShapes } from "./model-policy.ts";
import { requestParameterShapes } from "./request-parameters.ts";
import { runtimeSchema } from "./runtime.ts";
import { weightsSchema } from "./weights.ts";

/** An id or alias that no route claims. */
export function modelId() {
  return z.string().superRefine((value, context) => {
    const fault = modelIdFault(value);
    if (fault !== null) context.addIssue({ code: "custom", message: `${JSON.stringify(value)} is ${fault}` });
  });
}

export const capability = z.enum(capabilities);

function fixupList() {
  return z
    .array(z.enum(fixupNames))
    .refine((names) => !(names.includes("force-tool-choice") && names.includes("relax-tool-choice")), {
      error: "force-tool-choice or relax-tool-choice: one undoes the other",
    });
}

export const modelFieldShapes = {
  aliases: z.array(modelId()).optional().meta({ description: "Other names that clients may use." }),
  summary: z.string().optional().meta({ description: "One line for people." }),
  runtime: runtimeSchema.optional().meta({ description: "How it is run." }),
  weights: weightsSchema.optional().meta({ description: "Its weights file. Absent: the engine brings its own." }),
  memory: size().optional().meta({ description: "All the memory that it takes while it runs." }),
  context: z.int().min(1).optional().meta({ description: "Tokens of prompt and answer together." }),
  concurrency: z.int().min(1).optional().meta({ description: "Requests that one engine serves at once. Default: 1." }),
  ...modelPolicyShapes,
  capabilities: z.array(capability).optional().meta({ description: "What it can do. Default: chat and completions." }),
  fixups: fixupList().optional().meta({
    description: "Corrections that its requests and answers need: docs/fixups.md. Default: none.",
  }),
  speculation: z.boolean().optional().meta({
    description: "Tokens are guessed ahead, for a model of the catalog that can. Default: what the catalog says.",
  }),
  ...requestParameterShapes,
  status: z.enum(modelStatuses).optional().meta({
    description: "How far it can be trusted. Default: manual for a model of your own.",
  }),
  statusReason: text().optional().meta({ description: "Why it is experimental or disabled, and what to use instead." }),
  loadTime: duration().optional().meta({
    description: "First guess of the time from start to ready, until this machine has measured it. Default: 60s.",
  }),
  license: text().optional().meta({ description: "Licence of the weights (SPDX id where there is one)." }),
  expected: expectedSchema.optional().meta({
    description: "Figures that somebody has published, or that `hearth test --write` has measured; none are made up.",
  }),
};

export const modelFieldsSchema = z.strictObject(modelFieldShapes);

/** Fields of one model as the schema leaves them: durations in seconds, sizes in bytes. */
export type ModelFields = z.output<typeof modelFieldsSchema>;

/** An entry of `models:`. The id of a catalog model alone is short for `use`. */
export const modelEntrySchema = z.preprocess(
  (value) => (typeof value === "string" ? { use: value } : value),
  z
    .strictObject({
      use: text().optional().meta({ description: "A model of the catalog; any other field overrides it." }),
      id: modelId().optional().meta({ description: "Name of a model that is written out here." }),
      ...modelFieldShapes,
    })
    .superRefine(({ use, id }, context) => {
      if (use === undefined && id === undefined) {
        context.addIssue({
          code: "custom",
          message: "needs `use` (a model of the catalog) or `id` (a model of its own)",
        });
      }
    }),
);
