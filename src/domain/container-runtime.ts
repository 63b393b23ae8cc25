/** How to run a model as a container. */
export interface ContainerRuntime {
  kind: "container";
  /** Best by digest (`vllm/vllm-openai@sha256:...`): tags move. */
  image: string;
  /** Where the image comes from when this machine does not have it. Default: pulled. */
  imageSource?: ImageSource;
  /** The only kinds of processors that the image is for: `arm64`. Absent where both are, or nobody has said it. */
  architectures?: string[];
  /** Replaces the image's entry point. Absent = the image's own. */
  entrypoint?: string[];
  /**
   * Arguments for the entry point. `{port}`, `{model}`, `{weights}`, `{key}` and `{share}` (of the memory that GPU
   * programs can have where it is started) are filled in at each start, here and in `env`.
   */
  command: string[];
  /** What `{share}` is a share for. Absent = the model's memory. */
  shareGiB?: number;
  env: Record<string, string>;
  mounts: ContainerMount[];
  /** `/dev/shm` of a container with its own IPC namespace. Docker's default is 64 MiB. */
  shmMiB?: number;
  ulimits: { name: string; soft: number; hard: number }[];
  /** Default: the daemon's, normally private. */
  ipc?: "private" | "shareable" | "host";
  /** Paths of host devices, passed through under the same path: `/dev/infiniband/uverbs0`. */
  devices: string[];
  /** Number of GPUs. Needs the NVIDIA container toolkit unless `none`. */
  gpu: number | "all" | "none";
  /** `uid`, `uid:gid` or a name that the image knows. Absent = the image's own. */
  user?: string;
  /**
   * Limit on the container's own pages. It does not bound what a GPU driver allocates, so it is a guard against leaks
   * in the engine's host code and no substitute for `memoryGiB`.
   */
  memoryLimitGiB?: number;
  /** Port that the engine listens on, inside. */
  port: number;
  /** Path that answers 200 when the server is up. */
  healthPath: string;
  /** Id that the engine lists under /v1/models. Default: the model's id. */
  servedName?: string;
  /**
   * What its engine reads of the Hugging Face hub, below HF_HOME: the model, and what guesses tokens ahead for it.
   * Absent where nobody has said so.
   */
  repositories?: HubRepository[];
  /** From start to ready at most. */
  startTimeoutSeconds: number;
  /** From SIGTERM to SIGKILL. */
  stopGraceSeconds: number;
}

export interface HubRepository {
  /** `owner/name`. */
  repo: string;
  /** Commit; null = the default branch. */
  revision: string | null;
  /** What its files take, as far as the catalog knows. */
  bytes: number | null;
}

export interface ContainerMount {
  kind: "bind" | "volume";
  /** A path of the host, which must exist; or a volume's name, made when it does not. */
  source: string;
  /** Absolute path inside. */
  target: string;
  readOnly: boolean;
}

export type ImageSource =
  | { kind: "pull" }
  /** `context`: absolute folder; `dockerfile`: path below it. */
  | { kind: "build"; context: string; dockerfile: string; args: Record<string, string> }
  /** Made by somebody else; Hearth only says that it is missing. */
  | { kind: "local" };
