/** What an operator may do to a model. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Problem } from "../../domain/problem.ts";
import type { Command } from "../../link/link.ts";
import type { ControlContext } from "../context.ts";
import { modelNamed } from "../model-named.ts";
import { type Route, route } from "../route.ts";
import { flag, modelParams } from "../schema/parameters.ts";

const done = z.object({ model: z.string().meta({ description: "The model's id." }) });

const simple: { type: Exclude<Command["type"], "ensure" | "pin">; summary: string; description: string }[] = [
  {
    type: "stop",
    summary: "Stop a model once its running answers are done",
    description: "Answers at once. Requests that wait for it start it again.",
  },
  {
    type: "touch",
    summary: "Count a model as used now",
    description: "Its idle time begins anew; nothing is started.",
  },
  {
    type: "clear",
    summary: "Forget a model's failures",
    description: "Ends its back-off or quarantine, so that the next request tries to start it.",
  },
];

export const modelRoutes = (context: ControlContext): Route[] => [
  startRoute(context),
  ...simple.map(({ type, summary, description }) =>
    commandRoute(context, { name: type, summary, description }, (model) => ({ type, model })),
  ),
  commandRoute(
    context,
    { name: "pin", summary: "Never stop a model for another", description: "Until it is unpinned or Hearth restarts." },
    (model) => ({ type: "pin", model, pinned: true, owner: "operator" }),
  ),
  commandRoute(
    context,
    { name: "unpin", summary: "Let a model make room again", description: "The opposite of pin." },
    (model) => ({ type: "pin", model, pinned: false, owner: "operator" }),
  ),
];

function commandRoute(
  { link }: ControlContext,
  { name, ...texts }: { name: string; summary: string; description: string },
  commandFor: (model: string) => Command,
): Route {
  return route({
    method: "POST",
    path: `/models/{id}/${name}`,
    id: `${name}Model`,
    ...texts,
    params: modelParams,
    answers: { 200: { description: "It is noted.", schema: done } },
    async run({ params }) {
      const { id } = modelNamed(link, params.id);
      await link.command(commandFor(id));
      return { model: id };
    },
  });
}

/** A refusal that is known at once is told; what takes longer is a load that goes on. */
const refusalMilliseconds = 250;
const longestWaitSeconds = 1800;

function startRoute({ link, stopping }: ControlContext): Route {
  return route({
    method: "POST",
    path: "/models/{id}/start",
    id: "startModel",
    summary: "Load a model, as a request for it would",
    description: `It may have to wait for its turn. With \`wait=1\` the answer comes when it is ready, after ${longestWaitSeconds / 60} minutes at most.`,
    params: modelParams,
    query: z.strictObject({ wait: flag().meta({ description: "Answer when it is ready." }) }),
    answers: {
      202: { description: "It is on its way.", schema: done.extend({ ready: z.boolean() }) },
      200: { description: "It is ready.", schema: done.extend({ ready: z.boolean() }) },
    },
    async run({ params, query, reply, request, gone }) {
      const { id } = modelNamed(link, params.id);
      const start = link.command({ type: "ensure", model: id }).then(() => true);
      start.catch((error: unknown) => request.log.info({ model: id, err: error }, `${id} was not started`));
      const patience = query.wait ? longestWaitSeconds * 1000 : refusalMilliseconds;
      const enough = new AbortController();
      const late = pause(patience, false, { signal: AbortSignal.any([gone, stopping, enough.signal]) }).catch(
        () => false,
      );
      const ready = await Promise.race([start, late]).finally(() => enough.abort());
      if (!ready) stopping.throwIfAborted();
      if (query.wait && !ready && !gone.aborted) {
        const { secondsToReady } = modelNamed(link, id);
        const message = `${id} is not ready after ${longestWaitSeconds / 60} minutes. The load goes on.`;
        throw new Problem("model_loading", message, { retryAfterSeconds: secondsToReady });
      }
      reply.code(ready ? 200 : 202);
      return { model: id, ready };
    },
  });
}
