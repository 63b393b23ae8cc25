/** What is kept, as it is in memory and as it crosses to the store's thread. */
import type { KeyConfig } from "../config/types.ts";

/** A key that was made by `hearth keys create` or in the console, beside those of hearth.yaml. */
export interface StoredKey extends KeyConfig {
  /** Seconds since the epoch. */
  createdAt: number;
}

/** Whether anybody has ever had a key of his own. `unknown`: no server has run on this database. */
export type OwnKeysState = "unknown" | "never" | "ever";

/** An engine that this instance started, written down so that the next run finds it if this one is killed. */
export interface EngineRecord {
  model: string;
  /** Leader of the engine's process group. */
  pid: number;
  /** When that process started, in the kernel's words: tells it from a later one with the same pid. */
  processStart: string;
  port: number;
  apiKey: string;
  specHash: string;
  generation: number;
  /** Seconds since the epoch. */
  startedAt: number;
  readyAt: number | null;
}
