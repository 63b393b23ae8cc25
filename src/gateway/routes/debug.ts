/** For scripts: what runs, since when, idle for how long, when it stops, what memory it takes; keep alive; start and wait. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KeyConfig } from "../../config/types.ts";
import type { Link, ModelView, Snapshot } from "../../link/link.ts";
import type { Auth } from "../http/auth.ts";
import { mayUse } from "../http/key-scope.ts";
import type { Stopping } from "../http/stopping.ts";
import type { ModelIndex } from "../models/index.ts";
import type { MemoryHistory } from "../observe/memory-history.ts";
import type { Settings } from "../settings.ts";
import { ensureReady } from "./ensure.ts";
import { modelOf } from "./model-param.ts";

export interface DebugParts {
  link: Pick<Link, "snapshot" | "command">;
  auth: Auth;
  models: ModelIndex;
  history: MemoryHistory;
  settings: Settings;
  stopping: Pick<Stopping, "signal">;
}

type Named = FastifyRequest<{ Params: { "*": string } }>;

/** Register it in a scope of its own: none of its routes reads a body, whatever its type. */
export async function debugRoutes(app: FastifyInstance, parts: DebugParts): Promise<void> {
  const { link, auth, models, history } = parts;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_, payload, done) => {
    payload.resume();
    payload.on("end", () => done(null));
  });
  app.addHook("onRequest", auth.requireKey);
  const named = ({ params, key }: Named) => modelOf(params["*"], key!, models, link.snapshot());

  app.get("/debug/state", async ({ key }) => stateFor(link.snapshot(), key!));

  app.get("/debug/gpu-stats", async ({ key }) => {
    const { at, memory, nodes, models: all } = link.snapshot();
    const visible = all.filter((model) => mayUse(key!, model));
    return { at, memory, nodes, models: visible.map((model) => memoryOf(model, history)) };
  });
  app.get("/debug/gpu-stats/*", async (request: Named) => {
    const model = named(request);
    return { ...memoryOf(model, history), samples: history.of(model.id) };
  });

  app.post("/debug/touch/*", async (request: Named) => {
    const { id } = named(request);
    await link.command({ type: "touch", model: id });
    const { state, stopsAt } = link.snapshot().models.find((model) => model.id === id)!;
    return { model: id, state, stopsAt };
  });
  app.post("/ensure/*", async (request: Named) => ensureReady(named(request).id, request, parts));
}

/** A key sees its own models; times also as seconds from now, so that scripts need no clock. */
function stateFor(snapshot: Snapshot, key: KeyConfig): object {
  const { at, models } = snapshot;
  const seen = models.filter((model) => mayUse(key, model));
  // The scheduler speaks of models by name, also of those beyond this key.
  const why = seen.length === models.length ? snapshot.why : "";
  return { ...snapshot, why, models: seen.map((model) => ({ ...model, ...secondsOf(model, at) })) };
}

function secondsOf({ state, readyAt, running, lastUsedAt, stopsAt }: ModelView, at: number): Record<string, unknown> {
  const whole = (seconds: number) => Math.max(0, Math.round(seconds));
  const ready = state === "ready" && readyAt !== null;
  return {
    uptimeSeconds: ready ? whole(at - readyAt) : null,
    idleSeconds: ready ? (running > 0 ? 0 : whole(at - (lastUsedAt ?? readyAt))) : null,
    stopsInSeconds: stopsAt === null ? null : whole(stopsAt - at),
  };
}

function memoryOf({ id, state, memoryGiB, process }: ModelView, history: MemoryHistory): Record<string, unknown> {
  const samples = history.of(id);
  const peak = samples.reduce((most, { residentGiB }) => Math.max(most, residentGiB), process?.rssGiB ?? 0);
  return {
    model: id,
    state,
    /** What the catalog says that it takes. */
    memoryGiB,
    residentGiB: process?.rssGiB ?? null,
    peakResidentGiB: peak > 0 ? peak : null,
    lastSeenAt: samples.at(-1)?.at ?? null,
  };
}
