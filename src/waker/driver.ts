/** How the waker runs engines. A new way to run them is a folder under `drivers/`: its README.md says what it takes. */
import type { Logger } from "pino";
import type { DriverName } from "../domain/driver-name.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { NodeId } from "../domain/nodes.ts";
import type { Resolutions } from "../domain/resolved.ts";
import type { Engines } from "../store/engines.ts";

/** What a driver may use. */
export interface DriverParts {
  /** HEARTH_HOME: logs go below it. */
  home: string;
  /** The store's instance id: only engines that carry it are touched. */
  instance: string;
  /** The store's record of what runs, for drivers whose engines cannot carry what is to be known of them. */
  engines: Engines;
  log: Logger;
  env: NodeJS.ProcessEnv;
  /** What branches and tags stand for on this machine. */
  resolutions: Resolutions;
  /** Program and arguments of the embedded engine. */
  embeddedCommand: (spec: ModelSpec, port: number, weights: string | null) => string[];
}

export interface StartOrder {
  spec: ModelSpec;
  /** Hash of everything that shapes the engine: an engine found with another hash is stopped, not adopted. */
  specHash: string;
  generation: number;
  /** Where it is to stand. */
  node: NodeId;
  /** Secret that the engine demands of its callers. */
  apiKey: string;
  /** All memory that this model's engine shares with others where it is started, GiB: engines are told their part of it. */
  poolGiB: number;
  /** Absolute path of the weights, or null where the model brings its own. */
  weights: string | null;
}

export interface ExitReason {
  code: number | null;
  signal: string | null;
  /** For people: "exited with code 1", "killed by the kernel: out of memory", ... */
  text: string;
}

export interface EngineMemory {
  /** All pages that are in memory. */
  residentGiB: number;
  /** The part that comes back when it ends: without mapped files, which are cache and count as available already. */
  heldGiB: number;
}

/** A running (or starting) engine. */
export interface Engine {
  readonly model: string;
  readonly specHash: string;
  readonly generation: number;
  /** Where it stands. */
  readonly node: NodeId;
  readonly apiKey: string;
  readonly pid: number | null;
  /** `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Resolves once, when the engine is gone. */
  readonly exited: Promise<ExitReason>;
  /** SIGTERM, after the grace SIGKILL, the whole group. Resolves when it is verified to be gone; rejects if it is not. */
  stop(graceSeconds: number): Promise<void>;
  /** Whether the engine itself listens on its port: a foreign server there answers too. Null where nobody knows. */
  ownsPort(): Promise<boolean | null>;
  /** What everything in the engine takes now, or null where unknown. */
  memory(): Promise<EngineMemory | null>;
  logs(options: { lines: number; follow: boolean; signal: AbortSignal }): AsyncIterable<string>;
}

export interface Driver {
  readonly name: DriverName;
  /** Its engines can have a GPU. True too where nobody can say. */
  readonly gpu: boolean;
  /** Of the processors that its engines run on, as images name it: `arm64`. Absent where nobody can say, or it is no matter. */
  readonly architecture?: string;
  /** True where this driver can run the model's runtime. */
  runs(spec: ModelSpec): boolean;
  /**
   * Gets what a start needs beyond weights (a container's image). Hears of the phase for people, and of per cent where
   * they are known. A start without it fails with what is missing.
   */
  prepare?(
    spec: ModelSpec,
    signal: AbortSignal,
    onProgress: (phase: string, percent: number | null) => void,
  ): Promise<void>;
  /** Resolves as soon as the process exists; being up is the probe's business. */
  start(order: StartOrder): Promise<Engine>;
  /** Engines that an earlier run of this instance left behind, whether they match anything or not. */
  found(): Promise<Engine[]>;
}
