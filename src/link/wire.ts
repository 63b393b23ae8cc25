/**
 * What gateway and waker say to each other over the network: one JSON object a line, both ways, in order. A gateway
 * has one connection at a time; when it breaks, a new one begins with a `hello` that names every request that the
 * gateway still has, and both sides agree again. What is not one of these messages ends its connection.
 */
import { z } from "zod";
import { type ProblemCode, type ProblemData, problemCatalogue } from "../domain/problem.ts";
import type { StoredWeights } from "../domain/weights.ts";
import { works } from "../domain/work.ts";
import type { AcquireRequest, Command, Grant, Progress, Snapshot, WakerEvent, WeightsCommand } from "./link.ts";

/** Raised when an older peer would misunderstand. */
export const linkProtocol = "hearth-link/1";

const name = z.string().max(1000);
const count = z.int().min(0);

const acquireRequest = z.object({
  id: name,
  model: name,
  client: name,
  priority: z.enum(["interactive", "batch"]),
  work: z.enum(works),
  streamed: z.boolean().exactOptional(),
  whenBusy: z.enum(["hold", "reject"]),
}) satisfies z.ZodType<AcquireRequest>;

const grant = z.object({
  model: name,
  generation: z.int(),
  origin: z.url({ protocol: /^http$/ }),
  apiKey: name.nullable(),
  servedName: name,
  caused: z.enum(["load", "switch"]).exactOptional(),
  loadMs: z.number().min(0).exactOptional(),
}) satisfies z.ZodType<Grant>;

const command = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["ensure", "stop", "touch", "clear"]), model: name }),
  z.object({ type: z.literal("pin"), model: name, pinned: z.boolean(), owner: z.enum(["operator", "client"]) }),
]) satisfies z.ZodType<Command>;

const weightsCommand = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["verify", "cancelPull"]), model: name }),
  z.object({ type: z.literal("pull"), model: name, limit: z.number().positive().exactOptional() }),
  z.object({ type: z.literal("removeWeights"), name }),
]) satisfies z.ZodType<WeightsCommand>;

/** A request as the gateway knows it; `grant` where it has one. */
const declaredRequest = z.object({ id: count, request: acquireRequest, grant: grant.nullable() });
export type DeclaredRequest = z.output<typeof declaredRequest>;

/** Said by a gateway. */
export const toWaker = z.discriminatedUnion("type", [
  /** `gateway`: unique for each gateway process. */
  z.object({ type: z.literal("hello"), gateway: name.min(1), open: z.array(declaredRequest).max(100_000) }),
  z.object({ type: z.literal("acquire"), id: count, request: acquireRequest }),
  z.object({ type: z.literal("release"), id: count, outcome: z.enum(["done", "aborted", "engineFailed"]) }),
  z.object({ type: z.literal("answers"), call: count, id: count }),
  z.object({ type: z.literal("command"), call: count, command: z.union([command, weightsCommand]) }),
  z.object({ type: z.literal("weights"), call: count }),
  z.object({ type: z.literal("logs"), call: count, model: name, lines: count.max(100_000), follow: z.boolean() }),
  z.object({ type: z.literal("endLogs"), call: count }),
  z.object({ type: z.literal("ping") }),
]);
export type ToWaker = z.output<typeof toWaker>;

const problem = z.object({
  code: z.custom<ProblemCode>((value) => typeof value === "string" && Object.hasOwn(problemCatalogue, value)),
  message: z.string(),
  param: z.string().exactOptional(),
  retryAfterSeconds: z.number().exactOptional(),
  data: z.record(z.string(), z.unknown()).exactOptional(),
}) satisfies z.ZodType<ProblemData>;

const progress = z.object({
  place: z.number(),
  phase: z.string(),
  percent: z.number().nullable(),
  secondsLeft: z.number().nullable(),
}) satisfies z.ZodType<Progress>;

const storedWeights = z.object({
  ...{ name: z.string(), kind: z.enum(["file", "repository"]), place: z.string() },
  ...{ bytes: z.number(), wantedBytes: z.number().nullable(), whole: z.boolean() },
  ...{ changedAt: z.number().nullable(), fetchSeconds: z.number().nullable(), models: z.array(z.string()) },
}) satisfies z.ZodType<StoredWeights>;

const record = z.record(z.string(), z.unknown());

/** As far as a gateway would trip over it: the waker is its own, and may be a little newer. */
const model = z.looseObject({
  ...{ id: z.string(), aliases: z.array(z.string()), capabilities: z.array(z.string()), fixups: z.array(z.string()) },
  ...{ state: z.string(), running: z.number(), waiting: z.number(), context: z.number(), concurrency: z.number() },
  parameters: z.looseObject({
    ...{ defaults: record, set: record },
    strip: z.array(z.string()),
    variants: z.record(z.string(), record),
  }),
  process: z.looseObject({ origin: z.string(), generation: z.number() }).nullable(),
});
const node = z.looseObject({ id: z.string(), state: z.string(), memory: z.looseObject({}), gpu: z.looseObject({}) });
const snapshotShape = z.looseObject({
  ...{ at: z.number(), heartbeatAt: z.number(), why: z.string(), queueDepth: z.number() },
  ...{ models: z.array(model), nodes: z.array(node), memory: z.looseObject({}) },
  weightsJobs: z.array(z.looseObject({ model: z.string(), act: z.string(), state: z.string() })),
});
const eventShape = z.looseObject({ at: z.number(), type: z.string(), message: z.string() });
const shaped = <T>(shape: z.ZodType) => z.custom<T>((value) => shape.safeParse(value).success);

/** Said by the waker. */
export const toGateway = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), snapshot: shaped<Snapshot>(snapshotShape) }),
  z.object({ type: z.literal("event"), event: shaped<WakerEvent>(eventShape) }),
  z.object({ type: z.literal("granted"), id: count, grant }),
  z.object({ type: z.enum(["refused", "cut"]), id: count, problem }),
  z.object({ type: z.literal("progress"), id: count, progress }),
  z.object({ type: z.literal("answered"), call: count, alive: z.boolean() }),
  z.object({ type: z.enum(["obeyed", "logEnd"]), call: count, problem: problem.nullable() }),
  z.object({ type: z.literal("log"), call: count, line: z.string() }),
  z.object({ type: z.literal("stored"), call: count, stored: z.array(storedWeights), problem: problem.nullable() }),
]);
export type ToGateway = z.output<typeof toGateway>;

/** Both sides say something at least this often. */
export const beatMilliseconds = 2000;
/** A peer that says nothing for this long is gone, whatever TCP believes. */
export const silenceMilliseconds = 10_000;
