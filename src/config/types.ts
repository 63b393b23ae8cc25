import type { DriverChoice } from "../domain/driver-name.ts";
import type { Capability } from "../domain/model.ts";
import type { ModelFields } from "./schema/model.ts";

/** Configuration after parsing, defaults and environment. Durations are seconds, sizes GiB or bytes as named. */
export interface Config {
  /** Absolute path of the file that was read, or null. */
  file: string | null;
  /** HEARTH_HOME: database, weights, logs. Absolute. */
  home: string;
  listen: { host: string; port: number };
  driver: DriverChoice;
  /** `auto`: src/domain/memory.ts says what that comes to on this machine. */
  memory: { budgetGiB: number | "auto"; floorGiB: number | "auto" };
  policy: PolicyConfig;
  keys: KeyConfig[];
  /** As written; the catalog resolves them to ModelSpec. Empty = every catalog model that this machine's drivers can run. */
  models: ModelEntry[];
  virtual: VirtualModelConfig[];
  cors: { origins: string[] };
  limits: { bodyBytes: number; imageBytes: number; queue: number };
  log: { level: "debug" | "info" | "warn" | "error" };
}

export interface PolicyConfig {
  eagerness: "eager" | "balanced" | "sticky";
  idleStopSeconds: number;
  hold: { streamingSeconds: number; bufferedSeconds: number };
  whenBusy: "hold" | "reject";
  /** What becomes of a prompt that certainly exceeds its model's window. */
  fallback: "none" | "larger";
  /** Estimated wait above which a request is refused at once with 429. */
  maxWaitSeconds: number;
  /** A switch waits this long for running answers, then cuts them with an error. */
  drainSeconds: number;
  /** No byte from the engine for this long, and a completion probe fails too: engine_stalled. */
  stallSeconds: number;
}

export interface KeyConfig {
  name: string;
  /** `sha256:<hex>` of the secret. */
  hash: string;
  /** Ids, aliases or patterns with `*`. */
  models: string[];
  priority: "interactive" | "batch";
  admin: boolean;
  /** Absent = on. */
  fixups?: "on" | "off";
}

/** A name for the best of several models: of `models`, or of all, those that can do what `needs` says. */
export interface VirtualModelConfig {
  name: string;
  /** Ids or aliases, the preferred first. */
  models: string[] | null;
  needs: Capability[];
}

/** One entry of `models:`: `use` (from the catalog, any field overridden beside it) or written out with `id`. */
export interface ModelEntry {
  use?: string;
  id?: string;
  fields: ModelFields;
  /** Where it stands, for errors that only the catalog can find. */
  at: { file: string; line: number; column: number };
}
