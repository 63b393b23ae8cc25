/** One model as everybody may see it: configuration, the scheduler's books, and the engine's own life. */
import { loadPercent } from "../domain/estimates.ts";
import type { ModelSpec } from "../domain/model.ts";
import { noParameters } from "../domain/request-parameters.ts";
import { secondsToReady } from "../domain/scheduler/forecast.ts";
import type { Params } from "../domain/scheduler/params.ts";
import type { SchedulerState } from "../domain/scheduler/scheduler.ts";
import { type EngineView, engineView } from "../domain/scheduler/view.ts";
import type { ModelView } from "../link/link.ts";
import type { EngineLife } from "./engine-life.ts";

export function modelView(
  spec: ModelSpec,
  state: SchedulerState,
  params: Params,
  at: number,
  life: EngineLife | undefined,
): Omit<ModelView, "memoryUse"> {
  const view = engineView(state, params, at, spec.id);
  if (view === null) throw new Error(`The scheduler does not know ${spec.id}.`);
  const { id, aliases, summary, context, concurrency, capabilities, status, memoryGiB } = spec;
  const seconds = secondsToReady(state, params, at, id);
  return {
    ...{ id, aliases, summary, context, concurrency, capabilities, status, memoryGiB },
    lifecycle: spec.policy.lifecycle,
    fixups: spec.fixups ?? [],
    parameters: spec.parameters ?? noParameters,
    statusReason: spec.statusReason ?? null,
    license: spec.license ?? null,
    make: spec.make ?? null,
    state: view.phase,
    ...phaseOf(view, state.engines[id]?.facts.loadSeconds ?? spec.loadSeconds, at, life),
    since: view.since,
    readyAt: view.readyAt,
    running: view.running,
    waiting: view.waiting,
    pinned: view.pinned,
    nodes: view.nodes,
    lastUsedAt: view.lastUsedAt,
    stopsAt: view.stopsAt,
    secondsToReady: Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : spec.loadSeconds,
    failure: failureOf(view),
    process: processOf(life),
  };
}

function phaseOf(
  view: EngineView,
  loadSeconds: number,
  at: number,
  life: EngineLife | undefined,
): Pick<ModelView, "phase" | "percent"> {
  if (view.stuck !== null) return { phase: `cannot be stopped: ${view.stuck}`, percent: null };
  if (view.phase !== "starting" || life === undefined) return { phase: view.phase, percent: null };
  const percent = life.startedAt === null ? life.percent : loadPercent(at - life.startedAt, loadSeconds);
  return { phase: life.phase, percent };
}

function failureOf({ failure }: EngineView): ModelView["failure"] {
  if (failure === null) return null;
  const { code, reason, at, until } = failure;
  return { code, reason, at, until };
}

function processOf(life: EngineLife | undefined): ModelView["process"] {
  if (life?.engine == null) return null;
  const { pid, origin } = life.engine;
  return { pid, origin, generation: life.generation, rssGiB: life.samples.latest?.residentGiB ?? null };
}
