/** A request comes to the waker, waits, is let in, and leaves. */
import { setTimeout as pause } from "node:timers/promises";
import type { ModelSpec } from "../domain/model.ts";
import type { ProblemData } from "../domain/problem.ts";
import { estimateWait } from "../domain/scheduler/forecast.ts";
import { shuttingDown } from "../domain/shutting-down.ts";
import type { AcquireListener, AcquireRequest, Grant, Snapshot, Ticket } from "../link/link.ts";
import { busyProblem } from "./busy.ts";
import { now } from "./clock.ts";
import type { EngineLife } from "./engine-life.ts";
import type { Fleet } from "./fleet.ts";
import type { Loop } from "./loop.ts";
import { progressOf } from "./progress.ts";
import type { OpenRequest, Requests } from "./requests.ts";
import type { WeightsDesk } from "./weights-desk.ts";

export interface Desk {
  loop: Loop;
  requests: Requests;
  fleet: Fleet;
  specOf: (model: string) => ModelSpec | undefined;
  snapshot: () => Snapshot;
  closing: () => boolean;
  /** policy.stall. */
  stallSeconds: () => number;
  weights: WeightsDesk;
  /** An answer of this model has ended, which the scheduler has taken in. */
  learned: (model: string) => void;
}

/** An engine that is asked for one token gets no longer than this, whatever the stall limit. */
const longestProbeSeconds = 30;

/** A broken connection is often the first sign of a dead engine; the exit of its process follows within this. */
const exitNewsMilliseconds = 500;

export function acquire(desk: Desk, request: AcquireRequest, listener: AcquireListener): Ticket {
  const { loop, requests } = desk;
  const open = requests.add(request, listener);
  const { id } = open.facts;
  const refusal = refusalAtTheDoor(desk, request.model);
  if (refusal !== null) setImmediate(() => requests.end(id, refusal));
  else {
    loop.dispatch({ type: "arrive", request: open.facts }, (error) => {
      if (error !== null) {
        requests.end(id, { code: "internal_error", message: "The scheduler could not take the request. See the log." });
      } else if (request.whenBusy === "reject") rejectIfWaiting(desk, open);
    });
  }
  return ticketOf(desk, open);
}

/** As `acquire`, for a request that has the lease already: from a gateway that outlived an earlier run of the waker. */
export function resume(desk: Desk, request: AcquireRequest, grant: Grant, listener: AcquireListener): Ticket {
  const { loop, requests } = desk;
  const open = requests.add(request, listener);
  const { id } = open.facts;
  requests.resume(open, grant.generation);
  loop.dispatch({ type: "resume", request: open.facts, generation: grant.generation }, () => {
    if (loop.state.running.some((lease) => lease.id === id)) return;
    requests.end(id, { code: "engine_failed", message: `The engine of ${request.model} has ended. Ask again.` });
  });
  return ticketOf(desk, open);
}

function refusalAtTheDoor({ specOf, closing }: Desk, model: string): ProblemData | null {
  if (closing()) return shuttingDown;
  const spec = specOf(model);
  if (spec === undefined) {
    return { code: "model_not_found", message: `There is no model ${model} here. Ask /v1/models for the list.` };
  }
  if (spec.status !== "disabled") return null;
  const message = `${model} is disabled: ${spec.statusReason ?? "no reason is given in its catalog entry."}`;
  return { code: "model_unavailable", message };
}

/** It was heard, so a free machine loads its model; but it does not wait for that. */
function rejectIfWaiting(desk: Desk, open: OpenRequest): void {
  const { loop, requests, fleet, snapshot } = desk;
  if (!requests.has(open) || open.state === "granted") return;
  const { model, id } = open.facts;
  const own = progressOf(open.facts, loop.state, loop.params, fleet.life(model));
  const expectedSeconds = estimateWait(loop.state, loop.params, now(), id).secondsLeft;
  const problem = busyProblem(model, { ...own, expectedSeconds }, snapshot());
  loop.dispatch({ type: "leave", request: id });
  requests.end(id, problem);
}

function ticketOf(desk: Desk, open: OpenRequest): Ticket {
  const { loop, requests, fleet } = desk;
  const { id, model } = open.facts;
  const life = () => (open.generation === null ? undefined : fleet.life(model, open.generation));
  const leave = () => loop.dispatch({ type: "leave", request: id, cutShort: true });
  return {
    progress: () => progressOf(open.facts, loop.state, loop.params, fleet.life(model)),
    answers: async () => (await life()?.answers(Math.min(longestProbeSeconds, desk.stallSeconds()))) ?? false,
    release(outcome) {
      const used = life();
      if (!requests.remove(open)) return;
      if (outcome === "engineFailed" && used !== undefined) void leaveAfterFailure(used, leave);
      else if (outcome === "done") loop.dispatch({ type: "leave", request: id }, () => desk.learned(model));
      else leave();
    },
  };
}

/** If the engine is dead, its failure ends the lease, and counts: an answer that broke is not one that ended well. */
async function leaveAfterFailure(life: EngineLife, leave: () => void): Promise<void> {
  life.doubt();
  const news = new AbortController();
  const alive = pause(exitNewsMilliseconds, true, { signal: news.signal }).catch(() => true);
  const dead = life.engine?.exited.then(() => false) ?? Promise.resolve(false);
  if (await Promise.race([alive, dead])) leave();
  news.abort();
}
