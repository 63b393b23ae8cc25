/** One engine as people may see it. */
import type { NodeId } from "../nodes.ts";
import { lookAt } from "./look.ts";
import type { Params } from "./params.ts";
import { demandOf } from "./queue.ts";
import { idleStopAt } from "./rules/idle.ts";
import { type Failure, isPinned, type SchedulerState } from "./state.ts";
import type { ModelId, Phase } from "./types.ts";

export interface EngineView {
  /** `failed` only while it may not be started yet. */
  phase: Phase;
  since: number;
  readyAt: number | null;
  running: number;
  waiting: number;
  lastUsedAt: number | null;
  /** When it will stop by itself if nobody uses it, or null. */
  stopsAt: number | null;
  /** The newest start; 0 before the first. */
  generation: number;
  /** The last failure, also after it has been overcome, until it is cleared. */
  failure: Failure | null;
  pinned: boolean;
  /** Where it stands; empty when gone. */
  nodes: NodeId[];
  /** Why its stop could not be verified, or null. */
  stuck: string | null;
}

/** Null where the model is unknown. */
export function engineView(state: SchedulerState, params: Params, at: number, model: ModelId): EngineView | null {
  const engine = state.engines[model];
  if (engine === undefined) return null;
  const look = lookAt(state, params, at);
  const { running, waiting } = demandOf(look.demands, model);
  const { since, readyAt, lastUsedAt, generation, failure, nodes, stuck } = engine;
  const over = engine.phase === "failed" && (failure?.until ?? 0) <= at;
  const stopsAt = idleStopAt(look, engine);
  const phase = over ? "absent" : engine.phase;
  return {
    phase,
    since,
    readyAt,
    running,
    waiting: waiting.length,
    lastUsedAt,
    stopsAt,
    generation,
    failure,
    pinned: isPinned(engine),
    nodes,
    stuck,
  };
}
