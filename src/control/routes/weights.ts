import { z } from "zod";
import type { ModelSpec, WeightsSpec } from "../../domain/model.ts";
import { Problem } from "../../domain/problem.ts";
import type { ControlContext } from "../context.ts";
import { modelNamed } from "../model-named.ts";
import { type Route, route } from "../route.ts";
import { flag, modelParams } from "../schema/parameters.ts";
import { weightsFiles } from "../weights-files.ts";

const weightsFile = z
  .object({
    file: z.string().meta({ description: "Name below the folder." }),
    bytes: z.int().meta({ description: "What is there; 0 where the file is still missing." }),
    wantedBytes: z.int().nullable().meta({ description: "What it has when it is whole; null where no model uses it." }),
    models: z.array(z.string()).meta({ description: "Ids of the models that use it." }),
  })
  .meta({ id: "WeightsFile" });

const pull = z
  .object({
    file: z.string(),
    receivedBytes: z.int(),
    bytes: z.int(),
    failure: z.string().nullable().meta({ description: "Why it ended early; null while it goes on." }),
  })
  .meta({ id: "Pull" });

export const weightsRoutes = (context: ControlContext): Route[] => [
  route({
    method: "GET",
    path: "/weights",
    id: "listWeights",
    summary: "Weights files: what is there, what is missing, and who uses them",
    answers: {
      200: {
        description: "The files, and the downloads that were asked for.",
        schema: z.object({ folder: z.string(), files: z.array(weightsFile), pulls: z.array(pull) }),
      },
    },
    async run() {
      const { folder, files } = await weightsFiles(context.home, context.specs());
      return { folder, files, pulls: context.pulls?.list() ?? [] };
    },
  }),
  ...(context.pulls === null ? [] : [pullRoute(context, context.pulls)]),
];

function pullRoute({ link, specs }: ControlContext, pulls: NonNullable<ControlContext["pulls"]>): Route {
  const done = z.object({ model: z.string(), file: z.string() });
  return route({
    method: "POST",
    path: "/models/{id}/pull",
    id: "pullWeights",
    summary: "Get a model's weights ahead of time",
    description: "Progress is told by `GET /weights`, the outcome with `wait=1`.",
    params: modelParams,
    query: z.strictObject({ wait: flag().meta({ description: "Answer when they are there." }) }),
    answers: {
      202: { description: "They are on their way.", schema: done },
      200: { description: "They are there.", schema: done },
    },
    async run({ params, query, reply, request, gone }) {
      const { id } = modelNamed(link, params.id);
      const spec = specs().find((model) => model.id === id);
      if (spec === undefined || !hasWeights(spec)) {
        throw new Problem("invalid_request", `${id} has no weights file of its own: there is nothing to pull.`, {
          param: "id",
        });
      }
      // Whatever kept the model from starting without them is over.
      const done = pulls.start(spec).then(() => link.command({ type: "clear", model: id }));
      done.catch((error: unknown) => request.log.warn({ model: id, err: error }, `weights of ${id} were not pulled`));
      if (query.wait) await Promise.race([done, aborted(gone)]);
      reply.code(query.wait ? 200 : 202);
      return { model: id, file: spec.weights.file };
    },
  });
}

function hasWeights(spec: ModelSpec): spec is ModelSpec & { weights: WeightsSpec } {
  return spec.weights !== undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
