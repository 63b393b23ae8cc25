/** What is kept, as it is in memory and as it crosses to the store's thread. */
import type { KeyConfig } from "../config/types.ts";

/** A key that was made by `hearth keys create` or in the console, beside those of hearth.yaml. */
export interface StoredKey extends KeyConfig {
  /** Seconds since the epoch. */
  createdAt: number;
  /** Name of the key that made it; null of keys from before that was kept. */
  createdBy: string | null;
  /** How its secret begins, so that people recognise it; null of keys from before that was kept. */
  prefix: string | null;
}

/** Something that an administrator did. */
export interface AuditEntry {
  /** Seconds since the epoch. */
  at: number;
  /** Name of the key. */
  by: string;
  /** Of the network, from which it was asked for; null for a command on a stopped server. */
  address: string | null;
  /** Name of the operation, as in openapi.json. */
  act: string;
  /** What it was done to: the name of a key, the id of a model. */
  target: string | null;
  /** What was asked for beside that. No secret. */
  details: Record<string, unknown>;
  /** `x-request-id`. */
  request: string | null;
}

/** Tokens that a key has used on a day, `2026-11-25`. */
export interface SpentTokens {
  key: string;
  day: string;
  tokens: number;
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
