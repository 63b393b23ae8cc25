/** The phases of an engine as a table of allowed edges, each with the event that causes it. */
import { type EngineState, type SchedulerState, withEngine } from "./state.ts";
import type { ModelId, Phase } from "./types.ts";

const edges: Record<Phase, Partial<Record<Phase, string>>> = {
  absent: { starting: "start", ready: "adopt" },
  starting: { ready: "ready", stopping: "stop", failed: "failed", absent: "failed for want of memory" },
  ready: { draining: "drain", failed: "failed" },
  draining: { stopping: "stop", ready: "its target is gone", failed: "failed", absent: "failed while it was to stop" },
  stopping: { absent: "stopped", failed: "stopped because its health checks failed" },
  failed: { starting: "start", ready: "adopt", absent: "clear" },
};

/** Moves an engine to another phase. Throws on an edge that the table does not know: that is a bug of the caller. */
export function moveEngine(
  state: SchedulerState,
  model: ModelId,
  phase: Phase,
  at: number,
  change: Partial<EngineState> = {},
): SchedulerState {
  const from = state.engines[model]?.phase ?? "absent";
  if (edges[from][phase] === undefined) throw new Error(`Impossible edge of ${model}: ${from} -> ${phase}`);
  return withEngine(state, model, { ...change, phase, since: at });
}

/** What an engine forgets when its process is gone. */
export const gone = {
  nodes: [],
  heldGiB: 0,
  readyAt: null,
  served: 0,
  servedInteractive: 0,
  turns: {},
  stopReason: null,
  stuck: null,
} satisfies Partial<EngineState>;
