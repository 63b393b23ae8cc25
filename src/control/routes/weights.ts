import { z } from "zod";
import type { ControlContext } from "../context.ts";
import { listedWeights } from "../listed-weights.ts";
import { modelNamed } from "../model-named.ts";
import { type Route, route } from "../route.ts";
import { count, flag, modelParams } from "../schema/parameters.ts";
import { listedWeightsSchema, weightsJobSchema } from "../schema/weights.ts";

const done = z.object({ model: z.string().meta({ description: "The model's id." }) });

export const weightsRoutes = (context: ControlContext): Route[] => [
  listRoute(context),
  pullRoute(context),
  verifyRoute(context),
  cancelRoute(context),
  removeRoute(context),
];

function listRoute({ link, requests, budget }: ControlContext): Route {
  return route({
    method: "GET",
    path: "/weights",
    id: "listWeights",
    summary: "Weights: what is on the disk and what is missing, who uses it and since when nobody has; and all jobs",
    description: "A few seconds old at most. How far the jobs are is in the state and its events too.",
    answers: {
      200: {
        description: "The weights, and what is done about them.",
        schema: z.object({
          weights: z.array(listedWeightsSchema),
          jobs: z
            .array(weightsJobSchema)
            .meta({ description: "The first one now, then those that wait, then what failed." }),
          takenBytes: z.number(),
          budgetBytes: z.number().nullable().meta({ description: "`weights.budget`; null = none." }),
        }),
      },
    },
    async run() {
      const [stored, lastUses] = await Promise.all([link.weights(), requests.modelUses()]);
      const state = link.snapshot();
      const takenBytes = stored.reduce((sum, { bytes }) => sum + bytes, 0);
      const weights = listedWeights(stored, state, lastUses);
      return { weights, jobs: state.weightsJobs, takenBytes, budgetBytes: budget() };
    },
  });
}

const wait = z.strictObject({ wait: flag().meta({ description: "Answer when it is done." }) });

function pullRoute({ link, stopping }: ControlContext): Route {
  return route({
    method: "POST",
    path: "/models/{id}/pull",
    id: "pullWeights",
    summary: "Get a model's weights ahead of time",
    description:
      "They wait for those that were asked for before. What is there already is not fetched again, and an ended download goes on " +
      "where it was. The outcome is told with `wait=1`, else by `GET /weights`.",
    params: modelParams,
    query: wait.extend({
      limit: count({ most: 1_000_000_000_000, usual: 0 }).meta({
        description: "Bytes per second at most. 0: `weights.limit`.",
      }),
    }),
    answers: {
      202: { description: "They are on their way.", schema: done },
      200: { description: "They are there.", schema: done },
    },
    async run({ params, query, reply, request, gone }) {
      const { id } = modelNamed(link, params.id);
      const limit = query.limit === 0 ? {} : { limit: query.limit };
      const work = link.command({ type: "pull", model: id, ...limit });
      const failed = (error: unknown) =>
        request.log.warn({ model: id, err: error }, `weights of ${id} were not pulled`);
      return answered(id, work, { wait: query.wait, gone, stopping, failed }, reply);
    },
  });
}

function verifyRoute({ link, stopping }: ControlContext): Route {
  return route({
    method: "POST",
    path: "/models/{id}/verify",
    id: "verifyWeights",
    summary: "Read a model's weights and check every byte",
    description: "In line with the pulls. What is damaged is removed, and fetched by the next pull or question.",
    params: modelParams,
    query: wait,
    answers: {
      202: { description: "It is on its way.", schema: done },
      200: { description: "They are whole.", schema: done },
    },
    async run({ params, query, reply, request, gone }) {
      const { id } = modelNamed(link, params.id);
      const work = link.command({ type: "verify", model: id });
      const failed = (error: unknown) => request.log.warn({ model: id, err: error }, `weights of ${id} are not whole`);
      return answered(id, work, { wait: query.wait, gone, stopping, failed }, reply);
    },
  });
}

/** A refusal that is known at once is told; what takes longer goes on. */
const refusalMilliseconds = 250;

interface Waits {
  wait: boolean;
  gone: AbortSignal;
  stopping: AbortSignal;
  failed: (error: unknown) => void;
}

async function answered(
  model: string,
  work: Promise<void>,
  { wait, gone, stopping, failed }: Waits,
  reply: { code(status: number): unknown },
): Promise<{ model: string }> {
  work.catch(failed);
  const enough = new AbortController();
  const ends = AbortSignal.any([gone, stopping, ...(wait ? [] : [AbortSignal.timeout(refusalMilliseconds)])]);
  const left = new Promise<false>((resolve) => {
    ends.addEventListener("abort", () => resolve(false), { once: true, signal: enough.signal });
  });
  const isDone = await Promise.race([work.then(() => true), left]).finally(() => enough.abort());
  if (!isDone) stopping.throwIfAborted();
  reply.code(isDone ? 200 : 202);
  return { model };
}

function cancelRoute({ link }: ControlContext): Route {
  return route({
    method: "DELETE",
    path: "/models/{id}/pull",
    id: "cancelPull",
    summary: "End a model's pull or check, or forget that it failed",
    description: "What came is kept for the next time.",
    params: modelParams,
    answers: { 200: { description: "Nothing of it goes on.", schema: done } },
    async run({ params }) {
      const { id } = modelNamed(link, params.id);
      await link.command({ type: "cancelPull", model: id });
      return { model: id };
    },
  });
}

function removeRoute({ link }: ControlContext): Route {
  const name = z.string().min(1).meta({ description: "As `GET /weights` names it; a `/` in it as `%2F`." });
  return route({
    method: "DELETE",
    path: "/weights/{name}",
    id: "removeWeights",
    summary: "Take weights off the disk",
    description: "Refused while a model that reads them runs or is pinned. They come back with the next question.",
    params: z.object({ name }),
    answers: { 200: { description: "They are gone.", schema: z.object({ name }) } },
    async run({ params }) {
      await link.command({ type: "removeWeights", name: params.name });
      return { name: params.name };
    },
  });
}
