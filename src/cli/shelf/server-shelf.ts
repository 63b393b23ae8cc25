/** The weights of a server: its waker fetches, checks and removes. */
import { setTimeout as pause } from "node:timers/promises";
import type { WeightsJob } from "../../domain/weights.ts";
import type { Snapshot } from "../../link/link.ts";
import type { Io } from "../io.ts";
import { callJson, type ServerClient } from "../server-client.ts";
import { namesIn } from "./names.ts";
import type { OnJob, Shelf, ShelfView } from "./shelf.ts";

const lookMilliseconds = 500;

export function serverShelf(server: ServerClient, io: Io): Shelf {
  const at = (model: string, act: string) => `/hearth/v1/models/${encodeURIComponent(model)}/${act}`;
  const { signal } = io;
  const view = () => callJson<ShelfView>(server, "/hearth/v1/weights", { signal });
  return {
    goesOn: true,
    view,
    async work(model, act, limit, onJob) {
      const over = new AbortController();
      const ends = AbortSignal.any([signal, over.signal]);
      const done = callJson<{ model: string }>(
        server,
        `${at(model, act === "fetch" ? "pull" : act)}?wait=1${limit === null ? "" : `&limit=${limit}`}`,
        {
          method: "POST",
          signal,
        },
      );
      const watched = follow(server, (id) => id === model, act, onJob, ends);
      try {
        return (await done).model;
      } finally {
        over.abort();
        await watched;
      }
    },
    cancel: async (model) =>
      (await callJson<{ model: string }>(server, at(model, "pull"), { method: "DELETE", signal })).model,
    async remove(name) {
      await callJson(server, `/hearth/v1/weights/${encodeURIComponent(name)}`, { method: "DELETE", signal });
    },
    async namesOf(name) {
      const { models } = await callJson<Snapshot>(server, "/hearth/v1/state", { signal });
      const id = models.find((model) => model.id === name || model.aliases.includes(name))?.id;
      const { weights } = await view();
      return namesIn(weights, id ?? null, name, models);
    },
  };
}

async function follow(
  server: ServerClient,
  isOurs: (model: string) => boolean,
  act: WeightsJob["act"],
  onJob: OnJob,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(lookMilliseconds, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const state = await callJson<Snapshot>(server, "/hearth/v1/state", { signal }).catch(() => null);
    const jobs = state?.weightsJobs ?? [];
    const names = (id: string) => state?.models.find((model) => model.id === id)?.aliases ?? [];
    const place = jobs.findIndex((job) => job.act === act && [job.model, ...names(job.model)].some(isOurs));
    if (place !== -1) onJob(jobs[place]!, place);
  }
}
