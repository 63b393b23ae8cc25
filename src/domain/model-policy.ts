import type { WeekHours } from "./week-hours.ts";

/**
 * When a model is started, stopped and kept. One object from the configuration to the scheduler's rules: whoever
 * passes it on passes it whole.
 */
export interface ModelPolicy {
  lifecycle: Lifecycle;
  /** Never chosen as a victim. */
  pinned: boolean;
  /** Counts from the end of the last request. 0 = never. */
  idleStopSeconds: number;
  /** `start`: loaded when Hearth starts. Hours: kept loaded while they are open. Null: only when it is asked for. */
  warm: "start" | WeekHours | null;
}

/** `utility`: small, kept beside the big one. `exclusive`: needs the machine to itself. */
export type Lifecycle = "normal" | "utility" | "exclusive";
