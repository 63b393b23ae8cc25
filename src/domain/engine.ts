/**
 * The life of one start of one engine as the waker knows it: finer than the scheduler's phases. Every edge is named
 * by the event that causes it.
 */
export type LifeState =
  | "absent" // nothing was begun
  | "preparing" // weights, memory
  | "starting" // a process exists, or is about to
  | "ready"
  | "draining" // no new leases
  | "stopping" // the process is told to go, its memory is awaited
  | "stuck" // it would not go: the host is dirty
  | "gone"; // for ever: the next start is another life

export type LifeEvent =
  | "ordered" // the scheduler's start
  | "prepared" // weights are there and memory suffices
  | "probed" // it has answered
  | "adopted" // found alive when the waker began
  | "drained" // the scheduler's drain: nobody new comes in
  | "readmitted" // the switch that it made room for was given up, and somebody came in again
  | "stopped" // told to go: by the scheduler, or because its start failed
  | "died" // its process ended by itself
  | "refused" // memory or weights are missing: no process was made
  | "verified" // process and memory are gone
  | "unverified"; // it would not go

const edges: Record<LifeState, Partial<Record<LifeEvent, LifeState>>> = {
  absent: { ordered: "preparing", adopted: "ready" },
  preparing: { prepared: "starting", refused: "gone", stopped: "stopping" },
  starting: { probed: "ready", stopped: "stopping" },
  ready: { drained: "draining", stopped: "stopping", died: "stopping" },
  draining: { stopped: "stopping", died: "stopping", readmitted: "ready", drained: "draining" },
  stopping: { verified: "gone", unverified: "stuck" },
  stuck: { stopped: "stopping", drained: "stuck" },
  gone: {},
};

/** The next state. Throws on an edge that the table does not know: a bug of the caller. */
export function nextLife(from: LifeState, event: LifeEvent): LifeState {
  const to = edges[from][event];
  if (to === undefined) throw new Error(`Impossible edge in an engine's life: ${event} while ${from}`);
  return to;
}

/** Whether a process may exist in this state. */
export function mayHaveProcess(state: LifeState): boolean {
  return state !== "absent" && state !== "preparing" && state !== "gone";
}
