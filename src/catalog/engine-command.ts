/** A model of the catalog and an image track -> the container that serves it. Pure: YAML stays data. */
import { createHash } from "node:crypto";
import type { ContainerMount, ContainerRuntime, HubRepository, ImageSource } from "../domain/container-runtime.ts";
import { commitPlaceholder, digestPlaceholder, isMovable } from "../domain/resolved.ts";
import { bytesPerGiB } from "../domain/size.ts";
import type { ImageTrack } from "./image-track.ts";
import type { EngineFields, Flags, Speculation } from "./schema.ts";

/** What the command is made of; context, memory and concurrency may differ from the catalog's. */
export interface EngineModel {
  repo: string;
  revision?: string | undefined;
  context: number;
  concurrency: number;
  /** What its cache takes of its memory; null where that is not known. */
  cacheBytes: number | null;
  /** The weights in memory; null where they are not known. */
  weightsBytes: number | null;
  /** The engine's release takes the cache in bytes (`--kv-cache-memory-bytes`). */
  sizedByBytes: boolean;
  /** Tokens are guessed ahead. */
  speculation?: Speculation;
  embeddings: boolean;
  engine: EngineFields;
}

/** vLLM's flag for the size of the cache. */
export const cacheFlag = "kv-cache-memory-bytes";

/** Where weights and compiled kernels are kept, the same for every container. */
export const weightsVolume = "hearth-models";
const weightsTarget = "/models";
const cacheTarget = "/root/.cache";
const enginePort = 8000;
const stopGraceSeconds = 30;

/** Says nothing of a machine: what depends on where it is started stays open as a placeholder. */
export function engineContainer(model: EngineModel, track: ImageTrack): ContainerRuntime {
  const { engine } = model;
  const launch = launchers[track.engine](model, track);
  return {
    kind: "container",
    image: track.image,
    imageSource: imageSource(track),
    ...(track.architectures === undefined ? {} : { architectures: track.architectures }),
    ...launch,
    env: { ...commonEnv, ...track.env, ...engine.env },
    mounts: mounts(track),
    shmMiB: Math.round(track.shm / 1024 ** 2),
    ulimits: [
      { name: "memlock", soft: -1, hard: -1 },
      { name: "stack", soft: 67_108_864, hard: 67_108_864 },
    ],
    devices: [],
    gpu: "all",
    port: enginePort,
    healthPath: "/health",
    repositories: repositories(model),
    startTimeoutSeconds: engine.startTimeout ?? track.startTimeout,
    stopGraceSeconds,
  };
}

function repositories({ repo, revision, weightsBytes, speculation }: EngineModel): HubRepository[] {
  const own = { repo, revision: revision ?? null, bytes: weightsBytes };
  if (speculation?.model === undefined) return [own];
  return [own, { repo: speculation.model, revision: null, bytes: speculation.memory }];
}

type Launch = Pick<ContainerRuntime, "entrypoint" | "command" | "shareGiB">;

const launchers: Record<ImageTrack["engine"], (model: EngineModel, track: ImageTrack) => Launch> = {
  vllm: launchVllm,
  sglang: launchSglang,
};

function launchVllm(model: EngineModel, track: ImageTrack): Launch {
  const { tool, reasoning } = model.engine.parsers ?? {};
  const flags: Flags = {
    "served-model-name": "{model}",
    host: "0.0.0.0",
    port: "{port}",
    revision: revisionOf(model),
    "max-model-len": model.context,
    "max-num-seqs": model.concurrency,
    "gpu-memory-utilization": "{share}",
    ...cacheSize(model),
    ...(tool === undefined ? {} : { "enable-auto-tool-choice": true, "tool-call-parser": tool }),
    ...(reasoning === undefined ? {} : { "reasoning-parser": reasoning }),
    ...(model.speculation === undefined ? {} : { "speculative-config": speculativeConfig(model, model.speculation) }),
    ...track.flags,
    ...model.engine.flags,
  };
  const rest = [model.repo, ...flagWords(flags)];
  if (track.entry === "replaced") return { entrypoint: ["vllm", "serve"], command: rest };
  const before = { "vllm-serve": [], vllm: ["serve"], command: ["vllm", "serve"] }[track.entry];
  return { command: [...before, ...rest] };
}

/**
 * The share alone makes vLLM measure what the whole host has used up meanwhile and take it for its own. With the cache
 * in bytes it measures nothing: the share is then no more than what must be free when it starts (vLLM 0.28:
 * v1/worker/gpu_worker.py, `determine_available_memory`; v1/worker/utils.py, `request_memory`).
 */
function cacheSize({ cacheBytes, sizedByBytes }: EngineModel): Flags {
  return sizedByBytes && cacheBytes !== null ? { [cacheFlag]: cacheBytes } : {};
}

/** Without a commit the engine takes what the branch is at then, whatever else it serves. */
function revisionOf({ repo, revision }: { repo: string; revision?: string | undefined }): string {
  return revision ?? commitPlaceholder(repo);
}

/** A part of the model itself is read anew, as a model: from the commit that it is told, and not from the model's. */
function speculativeConfig(own: EngineModel, { method, model: repo, revision, tokens, config }: Speculation) {
  const from =
    repo === undefined ? { revision: revisionOf(own) } : { model: repo, revision: revisionOf({ repo, revision }) };
  return { method, ...from, num_speculative_tokens: tokens, ...config };
}

/** SGLang's fraction is of weights and cache alone, so overhead and margin stay outside. */
function launchSglang(model: EngineModel, track: ImageTrack): Launch {
  const { tool, reasoning } = model.engine.parsers ?? {};
  const flags: Flags = {
    "model-path": model.repo,
    "served-model-name": "{model}",
    host: "0.0.0.0",
    port: "{port}",
    // Unlike vLLM it does not look for a key in its environment.
    "api-key": "{key}",
    revision: revisionOf(model),
    "context-length": model.context,
    "max-running-requests": model.concurrency,
    "mem-fraction-static": "{share}",
    ...(tool === undefined ? {} : { "tool-call-parser": tool }),
    ...(reasoning === undefined ? {} : { "reasoning-parser": reasoning }),
    ...(model.embeddings ? { "is-embedding": true } : {}),
    ...track.flags,
    ...model.engine.flags,
  };
  return {
    entrypoint: ["python3", "-m", "sglang.launch_server"],
    command: flagWords(flags),
    ...staticShare(model),
  };
}

function staticShare({ cacheBytes, weightsBytes }: EngineModel): Pick<ContainerRuntime, "shareGiB"> {
  if (cacheBytes === null || weightsBytes === null) return {};
  return { shareGiB: (weightsBytes + cacheBytes) / bytesPerGiB };
}

/** Flags as words of a command line, each flag with its value. */
export function flagWords(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`];
    if (value === false) return [`--no-${name}`];
    if (Array.isArray(value)) return [`--${name}`, ...value];
    return [`--${name}`, typeof value === "object" ? JSON.stringify(value) : String(value)];
  });
}

/** Compiled kernels all go below one folder, which is kept between starts. */
const commonEnv = {
  HF_HOME: `${weightsTarget}/huggingface`,
  TRITON_CACHE_DIR: `${cacheTarget}/triton`,
  TORCHINDUCTOR_CACHE_DIR: `${cacheTarget}/torchinductor`,
  TILELANG_CACHE_DIR: `${cacheTarget}/tilelang`,
  VLLM_NO_USAGE_STATS: "1",
  DO_NOT_TRACK: "1",
};

function mounts(track: ImageTrack): ContainerMount[] {
  return [
    { kind: "volume", source: weightsVolume, target: weightsTarget, readOnly: false },
    { kind: "volume", source: cacheVolume(track), target: cacheTarget, readOnly: false },
  ];
}

/** Kernels compiled by one image crash in another, so each image has a folder of its own. */
export function cacheVolume({ name, image, source, build }: ImageTrack): string {
  const content = JSON.stringify([image, build ?? null]);
  const volume = `hearth-cache-${name}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}`;
  return source === "pull" && isMovable(image) ? volume + digestPlaceholder : volume;
}

function imageSource({ source, folder, build }: ImageTrack): ImageSource {
  if (source !== "build") return { kind: source };
  return { kind: "build", context: folder, dockerfile: build!.dockerfile, args: build!.args ?? {} };
}
