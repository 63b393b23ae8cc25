/** A model as Docker's container description. */
import { basename } from "node:path";
import type { ContainerCreateOptions, DeviceRequest, MountSettings } from "dockerode";
import { containerLabels } from "../../../domain/container-labels.ts";
import type { ContainerRuntime } from "../../../domain/container-runtime.ts";
import { memoryShare } from "../../../domain/memory-share.ts";
import { fill, keyVariables } from "../../../domain/placeholders.ts";
import { bytesPerGiB } from "../../../domain/size.ts";
import type { StartOrder } from "../../driver.ts";
import type { Reach } from "./reach.ts";

export interface BodyParts {
  instance: string;
  reach: Reach;
  /** Where the engine listens: the runtime's port, or a free one on the host's network. */
  port: number;
  /** What the daemon's host calls a path of ours, for when this process is in a container. */
  hostPath: (path: string) => string;
}

const weightsFolder = "/hearth/weights";
const bytesPerMiB = 1024 ** 2;

export function createBody(order: StartOrder, runtime: ContainerRuntime, parts: BodyParts): ContainerCreateOptions {
  const { port, reach } = parts;
  const weights = order.weights === null ? null : `${weightsFolder}/${basename(order.weights)}`;
  const share = memoryShare(runtime.shareGiB ?? order.spec.memoryGiB, order.poolGiB);
  const values = { port, model: order.spec.id, weights, key: order.apiKey, share };
  const filled = (texts: string[]) => texts.map((text) => fill(text, values));
  const env = { ...runtime.env, ...Object.fromEntries(keyVariables.map((name) => [name, order.apiKey])) };
  return {
    Image: runtime.image,
    ...(runtime.entrypoint === undefined ? {} : { Entrypoint: filled(runtime.entrypoint) }),
    Cmd: filled(runtime.command),
    Env: filled(Object.entries(env).map(([name, value]) => `${name}=${value}`)),
    ...(runtime.user === undefined ? {} : { User: runtime.user }),
    Labels: {
      [containerLabels.instance]: parts.instance,
      [containerLabels.model]: order.spec.id,
      [containerLabels.specHash]: order.specHash,
      [containerLabels.generation]: String(order.generation),
      [containerLabels.port]: String(port),
    },
    ...(reach.kind === "host" ? {} : { ExposedPorts: { [`${port}/tcp`]: {} } }),
    HostConfig: {
      // Whether an engine is started again is the scheduler's to decide; crash loops leak memory on unified GPUs.
      RestartPolicy: { Name: "no" },
      LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      ...network(reach, port),
      ...(runtime.ipc === undefined ? {} : { IpcMode: runtime.ipc }),
      ...(runtime.shmMiB === undefined ? {} : { ShmSize: runtime.shmMiB * bytesPerMiB }),
      ...(runtime.memoryLimitGiB === undefined ? {} : memoryLimit(runtime.memoryLimitGiB)),
      Ulimits: runtime.ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
      Devices: runtime.devices.map((path) => ({
        PathOnHost: path,
        PathInContainer: path,
        CgroupPermissions: "rwm",
      })),
      DeviceRequests: gpuRequest(runtime.gpu),
      Mounts: mounts(runtime, order.weights === null ? null : parts.hostPath(order.weights), weights),
    },
  };
}

function network(reach: Reach, port: number) {
  if (reach.kind === "network") return { NetworkMode: reach.name };
  if (reach.kind === "host") return { NetworkMode: "host" };
  return { PortBindings: { [`${port}/tcp`]: [{ HostIp: "127.0.0.1", HostPort: "" }] } };
}

/** Without swap beside it, so that a leak ends in a clear kill and not in an endless crawl. */
function memoryLimit(gibibytes: number) {
  const bytes = Math.round(gibibytes * bytesPerGiB);
  return { Memory: bytes, MemorySwap: bytes };
}

function gpuRequest(gpu: ContainerRuntime["gpu"]): DeviceRequest[] {
  if (gpu === "none" || gpu === 0) return [];
  return [{ Count: gpu === "all" ? -1 : gpu, Capabilities: [["gpu"]] }];
}

function mounts(runtime: ContainerRuntime, hostWeights: string | null, weights: string | null): MountSettings[] {
  const own = runtime.mounts.map(({ kind, source, target, readOnly }) => ({
    Type: kind,
    Source: source,
    Target: target,
    ReadOnly: readOnly,
  }));
  if (hostWeights === null || weights === null) return own;
  return [...own, { Type: "bind", Source: hostWeights, Target: weights, ReadOnly: true }];
}
