/** What a file of the catalog says of one model: the fields of `models:`, and what only a catalog needs to know. */
import { z } from "zod";
import { speedSchema } from "../config/schema/expected.ts";
import { duration, size, text } from "../config/schema/fields.ts";
import { modelFieldShapes, modelId } from "../config/schema/model.ts";
import { purposes } from "../domain/purposes.ts";

const flagValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string(), z.json())], {
  error: "a flag's value: text, a number, true, false, a list or keys with values",
});

/** Flags by name, without the dashes. `true` = the bare flag, `false` = its `--no-` form, keys with values = JSON. */
export const flagsSchema = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: "a flag's name without dashes before it" }),
  flagValue,
);

const source = text().meta({ description: "Where the figure comes from, with the date." });

function commit() {
  return z.string().regex(/^[0-9a-f]{40}$/, { error: "a commit, 40 hexadecimal digits" });
}

function repository() {
  return z.string().regex(/^[\w.-]+\/[\w.-]+$/, { error: "a repository, `owner/name`" });
}

const kvSchema = z
  .strictObject({
    tokens: z.int().min(1).optional().meta({ description: "Tokens that the cache holds, all requests together." }),
    layers: z.int().min(1).optional().meta({ description: "Layers whose cache grows with every token." }),
    heads: z.int().min(1).optional().meta({ description: "Key-value heads of such a layer." }),
    headDim: z.int().min(1).optional().meta({ description: "Values per head." }),
    bytesPerToken: z.int().min(1).optional().meta({ description: "Where heads do not tell it (latent attention)." }),
    size: size().optional().meta({ description: "A budget, where the shape of the cache is not known." }),
  })
  .superRefine((kv, context) => {
    const given = Object.keys(kv).toSorted().join(" ");
    if (["size", "bytesPerToken tokens", "headDim heads layers tokens"].includes(given)) return;
    const message =
      "needs `size`, or `tokens` with `bytesPerToken`, or `tokens` with `layers`, `heads` and `headDim`; nothing else";
    context.addIssue({ code: "custom", message });
  });

export const footprintSchema = z.strictObject({
  weights: size().meta({ description: "Weights in memory." }),
  basis: z.enum(["published", "computed"]).meta({
    description: "`published`: size of the repository or as loaded. `computed`: parameters times bytes, approximate.",
  }),
  source: text().optional().meta({ description: "Where these sizes come from, with the date." }),
  kv: kvSchema.meta({ description: "Key-value cache." }),
  overhead: size().meta({ description: "Everything else that the engine takes." }),
  startPeak: z
    .strictObject({ size: size(), source })
    .optional()
    .meta({ description: "All that it takes for a while when it starts, where that is more than `memory`." }),
});

/** A small model, or a part of the model itself, guesses tokens ahead, which the model then checks all at once. */
export const speculationSchema = z.strictObject({
  method: z.enum(["mtp", "dflash", "dspark", "draft_model", "eagle3"]).meta({ description: "As the engine names it." }),
  model: repository()
    .optional()
    .meta({ description: "Repository of the draft model. Absent: a part of the model itself." }),
  revision: commit().optional().meta({ description: "Commit of the draft model. Absent: as `hub.revision`." }),
  tokens: z.int().min(1).meta({ description: "Tokens that are guessed at once." }),
  config: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "What else the draft needs: `moe_backend`, ..." }),
  memory: size().meta({ description: "What the draft takes beside the model's own weights." }),
  source,
  default: z.enum(["on", "off"]).meta({ description: "`on` where somebody has measured it on a GB10." }),
  without: speedSchema.optional().meta({ description: "Speed without it; `expected` says the speed with it." }),
});

export const engineSchema = z.strictObject({
  track: text().meta({ description: "Folder of catalog/images." }),
  flags: flagsSchema.optional().meta({ description: "Flags beside those that Hearth derives from the other fields." }),
  env: z.record(z.string(), z.string()).optional().meta({ description: "Environment beside the track's." }),
  parsers: z
    .strictObject({ tool: text().optional(), reasoning: text().optional() })
    .optional()
    .meta({ description: "Parsers of tool calls and of thoughts." }),
  startTimeout: duration().optional().meta({ description: "From start to ready at most. Default: the track's." }),
});

export const catalogFieldShapes = {
  hub: z
    .strictObject({
      repo: repository(),
      revision: commit().optional().meta({
        description: "Commit. Absent: the one at which `main` was when this machine first asked.",
      }),
    })
    .optional()
    .meta({ description: "Repository on the Hugging Face hub." }),
  architecture: z
    .strictObject({
      kind: text().meta({ description: "In words." }),
      class: text().optional().meta({ description: "Name under which the engine knows it." }),
    })
    .optional(),
  size: z
    .strictObject({ total: z.number().positive(), active: z.number().positive().optional() })
    .optional()
    .meta({ description: "Billions of parameters; `active` where not all are used for each token." }),
  released: z.int().min(2020).max(2100).optional().meta({ description: "Year in which the weights came out." }),
  quantization: text().optional().meta({ description: "Format of the weights." }),
  footprint: footprintSchema.optional().meta({ description: "What `memory` is made of." }),
  engine: engineSchema.optional().meta({ description: "How it is served from a container." }),
  speculation: speculationSchema.optional().meta({ description: "How tokens are guessed ahead." }),
  goodFor: z.array(z.enum(purposes)).min(1).optional().meta({ description: "What it is good for, the best first." }),
  alternative: modelId().optional().meta({ description: "What to use instead of a disabled model." }),
  incompatible: z
    .array(z.strictObject({ client: text(), why: text(), use: modelId() }))
    .optional()
    .meta({ description: "Clients that it does not go with, and the model to use there." }),
  clientLimits: z
    .strictObject({ context: z.int().min(1), output: z.int().min(1) })
    .optional()
    .meta({ description: "Limits that a client such as OpenCode is best told." }),
  notes: z.array(text()).optional().meta({ description: "What else a user must know." }),
};

export const catalogModelSchema = z.strictObject({
  id: modelId().meta({ description: "Name of the model, and of this file." }),
  ...modelFieldShapes,
  ...catalogFieldShapes,
});

export type CatalogFields = z.output<typeof catalogModelSchema>;
export type Footprint = z.output<typeof footprintSchema>;
export type EngineFields = z.output<typeof engineSchema>;
export type Speculation = z.output<typeof speculationSchema>;
export type Flags = z.output<typeof flagsSchema>;
