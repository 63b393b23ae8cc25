/**
 * What the policies for comparison have in common: the books of engines and requests, idle stop, and least recently
 * used victims. Utility models live in their own lane: they start when asked and never make room.
 */
import { localNode } from "../../../src/domain/nodes.ts";
import type { RequestFacts, SchedulerAction, SchedulerEvent } from "../../../src/domain/scheduler/types.ts";
import type { Policy } from "../policy.ts";
import type { Machine, TraceModel } from "../trace.ts";

export interface RigEngine extends TraceModel {
  id: string;
  phase: "absent" | "starting" | "ready" | "stopping";
  running: number;
  lastUsedAt: number;
  /** The requests that waited for it when it became ready. */
  waitedFor: Set<string>;
}

export interface Rig {
  machine: Machine;
  at: number;
  /** In the order of arrival. */
  waiting: RequestFacts[];
  engines: Record<string, RigEngine>;
  engineOf(request: RequestFacts): RigEngine;
  admit(request: RequestFacts): void;
  refuse(request: RequestFacts, retryAfterSeconds: number): void;
  /** The fewest of the least recently used engines that make room, or null where `mayGo` leaves too few. */
  victimsFor(engine: RigEngine, mayGo: (victim: RigEngine) => boolean): RigEngine[] | null;
  /**
   * Brings an absent model one step nearer: starts it where it fits, else stops idle engines that
   * `mayGo` allows. Never two loads of normal models at once.
   */
  bring(engine: RigEngine, mayGo?: (victim: RigEngine) => boolean): void;
}

/** A policy is told after every change and acts through the rig; `wakeAt` is its own wish besides idle stops. */
export type Manage = (rig: Rig) => number | null;

export function rigged(machine: Machine, manage: Manage): Policy {
  const engines: Record<string, RigEngine> = {};
  for (const [id, model] of Object.entries(machine.models)) {
    engines[id] = { id, ...model, phase: "absent", running: 0, lastUsedAt: 0, waitedFor: new Set() };
  }
  const all = Object.values(engines);
  const running = new Map<string, RigEngine>();
  let actions: SchedulerAction[] = [];

  function stop(engine: RigEngine, reason: "switch" | "idle"): void {
    engine.phase = "stopping";
    actions.push({ type: "stop", model: engine.id, generation: 1, reason });
  }

  const rig: Rig = {
    machine,
    at: 0,
    waiting: [],
    engines,
    engineOf: (request) => engines[request.model]!,
    admit(request) {
      const engine = engines[request.model]!;
      rig.waiting = rig.waiting.filter((other) => other !== request);
      engine.running += 1;
      running.set(request.id, engine);
      actions.push({ type: "admit", request: request.id, model: request.model, generation: 1 });
    },
    refuse(request, retryAfterSeconds) {
      rig.waiting = rig.waiting.filter((other) => other !== request);
      actions.push({ type: "refuse", request: request.id, code: "queue_full", message: "busy", retryAfterSeconds });
    },
    victimsFor(engine, mayGo) {
      if (engine.lifecycle === "utility") return [];
      const resident = all.filter((other) => other.lifecycle !== "utility" && other.phase === "ready");
      let held = resident.reduce((sum, other) => sum + other.memoryGiB, engine.memoryGiB);
      const chosen: RigEngine[] = [];
      for (const victim of resident.sort((a, b) => a.lastUsedAt - b.lastUsedAt)) {
        if (held <= machine.budgetGiB || !mayGo(victim)) continue;
        chosen.push(victim);
        held -= victim.memoryGiB;
      }
      if (held > machine.budgetGiB) return null;
      return chosen.filter((victim) => {
        const spare = held + victim.memoryGiB <= machine.budgetGiB;
        if (spare) held += victim.memoryGiB;
        return !spare;
      });
    },
    bring(engine, mayGo = () => true) {
      if (engine.phase !== "absent") return;
      const lane = all.filter((other) => (other.lifecycle === "utility") === (engine.lifecycle === "utility"));
      if (lane.some((other) => other.phase === "starting" || other.phase === "stopping")) return;
      const victims = rig.victimsFor(engine, (victim) => victim.running === 0 && mayGo(victim));
      for (const victim of victims ?? []) stop(victim, "switch");
      if (victims?.length !== 0) return;
      engine.phase = "starting";
      actions.push({ type: "start", model: engine.id, generation: 1, nodes: [localNode] });
    },
  };

  function takeIn(event: SchedulerEvent | null): void {
    if (event?.type === "arrive") rig.waiting = [...rig.waiting, event.request];
    if (event?.type === "leave") {
      const engine = running.get(event.request);
      running.delete(event.request);
      if (engine !== undefined) Object.assign(engine, { running: engine.running - 1, lastUsedAt: rig.at });
    }
    if (event?.type === "ready") {
      const waitedFor = new Set(rig.waiting.filter(({ model }) => model === event.model).map(({ id }) => id));
      Object.assign(engines[event.model]!, { phase: "ready", lastUsedAt: rig.at, waitedFor });
    }
    if (event?.type === "stopped") engines[event.model]!.phase = "absent";
  }

  function stopIdle(): number | null {
    let wakeAt: number | null = null;
    for (const engine of all) {
      if (engine.phase !== "ready" || engine.running > 0) continue;
      const stopsAt = engine.lastUsedAt + machine.keepAliveSeconds;
      if (rig.at >= stopsAt) stop(engine, "idle");
      else wakeAt = Math.min(wakeAt ?? stopsAt, stopsAt);
    }
    return wakeAt;
  }

  return {
    step(event, at) {
      rig.at = at;
      actions = [];
      takeIn(event);
      const wanted = manage(rig);
      const idleAt = stopIdle();
      const wakes = [wanted, idleAt].filter((wake) => wake !== null && wake > at) as number[];
      return { actions, wakeAt: wakes.length > 0 ? Math.min(...wakes) : null };
    },
  };
}

/** Gives every waiter whose engine is ready and has room its lease, in the order of arrival. */
export function admitWhere(rig: Rig, may: (request: RequestFacts) => boolean): void {
  for (const request of rig.waiting) {
    const engine = rig.engineOf(request);
    if (engine.phase === "ready" && engine.running < engine.concurrency && may(request)) rig.admit(request);
  }
}
