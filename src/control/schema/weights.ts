/** Weights as the control API tells of them. */
import { z } from "zod";
import type { StoredWeights, WeightsJob } from "../../domain/weights.ts";

const seconds = z.number().meta({ description: "Seconds since the epoch." });

export const weightsJobSchema = z
  .object({
    model: z.string(),
    act: z.enum(["fetch", "verify"]),
    state: z.enum(["waiting", "running", "failed"]),
    what: z.string().nullable().meta({ description: "The file or repository that it is at." }),
    doneBytes: z.number(),
    totalBytes: z.number().nullable().meta({ description: "Of `what`; null while that is not known." }),
    limit: z.number().nullable().meta({ description: "Bytes per second at most." }),
    failure: z.string().nullable().meta({ description: "Why it failed, and what to do; null otherwise." }),
    at: seconds,
  })
  .meta({ id: "WeightsJob" }) satisfies z.ZodType<WeightsJob>;

const stored = {
  name: z.string().meta({ description: "A file below HEARTH_HOME/weights, or a repository of the hub." }),
  kind: z.enum(["file", "repository"]),
  place: z.string().meta({ description: "Folder or volume." }),
  bytes: z.number().meta({ description: "What it takes on the disk; 0 where nothing is there yet." }),
  wantedBytes: z.number().nullable().meta({ description: "What it takes when it is whole; null = not known." }),
  whole: z.boolean(),
  changedAt: seconds.nullable(),
  fetchSeconds: z.number().nullable().meta({ description: "What fetching it again would take; null = not known." }),
  models: z.array(z.string()).meta({ description: "Ids of the models that read it." }),
};

const plainStored = z.object(stored) satisfies z.ZodType<StoredWeights>;

export const listedWeightsSchema = plainStored
  .extend({
    lastUsedAt: seconds.nullable().meta({ description: "Last request for one of its models; null = none on record." }),
    needed: z.string().nullable().meta({ description: "Why it cannot be removed now; null = it can." }),
    unused: z
      .boolean()
      .meta({ description: "No model reads it, or none that does was used for 30 days: safe to remove." }),
  })
  .meta({ id: "Weights" });

export type ListedWeights = z.output<typeof listedWeightsSchema>;
