/** The link's Snapshot and WakerEvent as schemas, for openapi.json; the compiler holds them to the link's types. */
import { z } from "zod";
import { fixupNames } from "../../domain/fixup-name.ts";
import { capabilities, modelStatuses } from "../../domain/model.ts";
import { type ProblemCode, problemCatalogue } from "../../domain/problem.ts";
import type { MemoryView, ModelView, NodeView, Snapshot, WakerEvent } from "../../link/link.ts";
import { weightsJobSchema } from "./weights.ts";

const seconds = z.number();
const percent = z.number().min(0).max(100);
const gib = z.number();

const parameters = z.record(z.string(), z.unknown());

const modelView = z
  .object({
    id: z.string(),
    aliases: z.array(z.string()),
    summary: z.string(),
    context: z.int().meta({ description: "Tokens of prompt and answer together." }),
    concurrency: z.int(),
    capabilities: z.array(z.enum(capabilities)),
    fixups: z.array(z.enum(fixupNames)).meta({ description: "Corrections that its requests and answers need." }),
    parameters: z
      .object({
        defaults: parameters,
        set: parameters,
        strip: z.array(z.string()),
        variants: z.record(z.string(), parameters),
      })
      .meta({ description: "What its requests are given, and its variants by name." }),
    lifecycle: z.enum(["normal", "utility", "exclusive"]),
    status: z.enum(modelStatuses),
    statusReason: z.string().nullable(),
    memoryGiB: gib,
    memoryUse: z
      .object({ startPeakGiB: gib, restGiB: gib })
      .nullable()
      .meta({ description: "What its engines were seen to take on this machine, at most." }),
    license: z.string().nullable().meta({ description: "Of the weights: SPDX id where there is one." }),
    make: z
      .object({
        family: z.string(),
        parameters: z.number().nullable().meta({ description: "Billions." }),
        quantization: z.string().nullable().meta({ description: "Format of the weights." }),
      })
      .nullable(),
    state: z.enum(["absent", "starting", "ready", "draining", "stopping", "failed"]),
    phase: z.string().meta({ description: "Finer than `state`, for people: `downloading weights`, `probing`, ..." }),
    percent: percent.nullable(),
    since: seconds.meta({ description: "Since when it is in this state." }),
    readyAt: seconds.nullable(),
    running: z.int(),
    waiting: z.int(),
    pinned: z.boolean(),
    nodes: z.array(z.string()).meta({ description: "Where its engine stands; empty where there is none." }),
    lastUsedAt: seconds.nullable(),
    stopsAt: seconds.nullable().meta({ description: "When it stops by itself if nobody uses it." }),
    secondsToReady: seconds.meta({ description: "0 when ready; else an estimate, if it were asked for now." }),
    failure: z
      .object({ code: z.string(), reason: z.string(), at: seconds, until: seconds.nullable() })
      .nullable()
      .meta({ description: "The last failure, and until when it is not tried again." }),
    process: z
      .object({ pid: z.int().nullable(), origin: z.string(), generation: z.int(), rssGiB: gib.nullable() })
      .nullable(),
  })
  .meta({ id: "Model", description: "One model. Times are seconds since the epoch." }) satisfies z.ZodType<ModelView>;

const memoryView = z.object({
  totalGiB: gib,
  availableGiB: gib,
  budgetGiB: gib,
  committedGiB: gib,
  floorGiB: gib,
}) satisfies z.ZodType<MemoryView>;

const nodeView = z
  .object({
    id: z.string(),
    state: z.enum(["up", "lost"]).meta({ description: "`lost`: out of reach, so what stands there is not known." }),
    memory: memoryView,
    gpu: z.object({
      memory: z.enum(["none", "shared", "own"]).meta({
        description:
          "`none`: no GPU here. `shared`: it has the host's memory, as a DGX Spark's. `own`: `memory` is its own.",
      }),
      name: z.string().nullable(),
    }),
  })
  .meta({ id: "Node", description: "A machine on which engines stand." }) satisfies z.ZodType<NodeView>;

export const snapshotSchema = z
  .object({
    at: seconds,
    heartbeatAt: seconds.meta({ description: "When the scheduler's loop last completed." }),
    why: z.string().meta({ description: "The scheduler's last sentence about itself." }),
    models: z.array(modelView),
    nodes: z.array(nodeView),
    memory: memoryView.meta({ description: "Of all nodes together." }),
    queueDepth: z.int(),
    weightsJobs: z.array(weightsJobSchema).meta({ description: "What is done about weights, the first one now." }),
  })
  .meta({ id: "State", description: "Everything at one moment." }) satisfies z.ZodType<Snapshot>;

export const wakerEventSchema = z
  .object({
    at: seconds,
    type: z.enum([
      "start",
      "ready",
      "stop",
      "stopped",
      "failed",
      "switch",
      "drain",
      "adopt",
      "why",
      "progress",
      "pulled",
      "pull-failed",
    ]),
    model: z.string().optional(),
    generation: z
      .int()
      .optional()
      .meta({ description: "For `ready`, `failed` and `stopped`: which start of the engine it is about." }),
    seconds: seconds.optional().meta({ description: "For `ready`: what the load took." }),
    reason: z.string().optional(),
    message: z.string(),
  })
  .meta({ id: "Event", description: "Something that happened." });

/** Compiles only while the schema covers every event of the link. */
export type CoversEvents = [Required<WakerEvent>] extends [Required<z.output<typeof wakerEventSchema>>] ? true : never;
export const coversEvents: CoversEvents = true;

const codes = Object.keys(problemCatalogue) as [ProblemCode, ...ProblemCode[]];

export const errorSchema = z
  .object({
    error: z.object({
      message: z.string().meta({ description: "What was wrong, where, and what to do next." }),
      type: z.string(),
      code: z.enum(codes),
      param: z.string().nullable().meta({ description: "The field at fault." }),
    }),
  })
  .meta({ id: "Error" });
