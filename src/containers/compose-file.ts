/**
 * Models as services of a Compose file, for those who want their containers made ahead: the words of Compose for what
 * the Docker driver asks of the daemon. Understood by Compose v2 and docker-compose 1.29. Pure.
 */
import { containerLabels } from "../domain/container-labels.ts";
import type { ContainerMount, ContainerRuntime } from "../domain/container-runtime.ts";
import { memoryShare } from "../domain/memory-share.ts";
import type { ModelSpec } from "../domain/model.ts";
import { fill, keyVariables } from "../domain/placeholders.ts";
import { bytesPerGiB } from "../domain/size.ts";

export interface ComposeModel {
  spec: ModelSpec;
  runtime: ContainerRuntime;
  /** The waker starts the container only while its model still has this hash. */
  specHash: string;
}

export interface ComposeTarget {
  /** The store's instance id: whose containers these are. */
  instance: string;
  /** The engines' network; null = each engine is published on a free port of 127.0.0.1. */
  network: string | null;
  /** All memory that GPU programs can have where they run, GiB: a file holds the engines' shares as numbers. */
  poolGiB: number;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks?: Record<string, { name: string }>;
  volumes?: Record<string, { name: string }>;
}

export type ComposeService = Record<string, unknown> & { image: string };

/** Services are started only with this profile. */
export const composeProfile = "models";
/** Read by Compose from the environment or from `.env`, so that the file holds no secret. */
export const engineKeyVariable = "HEARTH_ENGINE_KEY";

const engineKey = `\${${engineKeyVariable}:?put one into .env: openssl rand -hex 24}`;
/** As deploy/docker-compose.yml calls it: files that are laid over one another share their networks by this. */
const networkKey = "engines";

/** The models' files on the host are not known before they are fetched, so models with a weights file are no services. */
export function composeFile(models: readonly ComposeModel[], target: ComposeTarget): ComposeFile {
  const services: ComposeFile["services"] = {};
  for (const model of models) services[freeName(model.spec.id, services)] = service(model, target);
  const volumes = models.flatMap(({ runtime }) =>
    runtime.mounts.flatMap(({ kind, source }) => (kind === "volume" ? [[source, { name: source }] as const] : [])),
  );
  return {
    services,
    ...(target.network === null ? {} : { networks: { [networkKey]: { name: target.network } } }),
    ...(volumes.length === 0 ? {} : { volumes: Object.fromEntries(volumes) }),
  };
}

/** `model-gpt-oss-20b`: never the name of another service, such as `gateway`. */
function freeName(id: string, taken: object): string {
  const name = `model-${id.replace(/[^a-zA-Z0-9._-]/g, "-")}`;
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!Object.hasOwn(taken, candidate)) return candidate;
  }
}

function service(
  { spec, runtime, specHash }: ComposeModel,
  { instance, network, poolGiB }: ComposeTarget,
): ComposeService {
  const { port, shmMiB, shareGiB = spec.memoryGiB } = runtime;
  const share = memoryShare(shareGiB, poolGiB);
  const values = { port, model: literal(spec.id), weights: null, key: engineKey, share };
  const filled = (text: string) => fill(literal(text), values);
  const env = Object.entries(runtime.env).map(([name, value]) => [name, filled(value)]);
  const keys = keyVariables.map((name) => [name, engineKey]);
  return {
    profiles: [composeProfile],
    image: literal(runtime.image),
    // Compose cannot get what Hearth builds.
    ...(runtime.imageSource === undefined || runtime.imageSource.kind === "pull" ? {} : { pull_policy: "never" }),
    ...(runtime.entrypoint === undefined ? {} : { entrypoint: runtime.entrypoint.map(filled) }),
    command: runtime.command.map(filled),
    environment: Object.fromEntries([...env, ...keys]),
    ...(runtime.user === undefined ? {} : { user: literal(runtime.user) }),
    labels: {
      [containerLabels.instance]: instance,
      [containerLabels.model]: literal(spec.id),
      [containerLabels.specHash]: specHash,
      [containerLabels.port]: String(port),
    },
    ...(network === null ? { ports: [`127.0.0.1::${port}`] } : { expose: [String(port)], networks: [networkKey] }),
    restart: "no",
    stop_grace_period: `${runtime.stopGraceSeconds}s`,
    logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    ...(runtime.ipc === undefined ? {} : { ipc: runtime.ipc }),
    ...(shmMiB === undefined ? {} : { shm_size: `${shmMiB}m` }),
    ...(runtime.memoryLimitGiB === undefined ? {} : memoryLimit(runtime.memoryLimitGiB)),
    ...listed("ulimits", Object.fromEntries(runtime.ulimits.map(({ name, soft, hard }) => [name, { soft, hard }]))),
    ...listed(
      "devices",
      runtime.devices.map((path) => literal(`${path}:${path}:rwm`)),
    ),
    ...gpus(runtime.gpu),
    ...listed("volumes", runtime.mounts.map(mount)),
  };
}

/** Without swap beside it, as the driver has it. */
function memoryLimit(gibibytes: number) {
  const bytes = Math.round(gibibytes * bytesPerGiB);
  return { mem_limit: bytes, memswap_limit: bytes };
}

function gpus(gpu: ContainerRuntime["gpu"]) {
  if (gpu === "none" || gpu === 0) return {};
  return { deploy: { resources: { reservations: { devices: [{ count: gpu, capabilities: ["gpu"] }] } } } };
}

function mount({ kind, source, target, readOnly }: ContainerMount) {
  return { type: kind, source: literal(source), target: literal(target), read_only: readOnly };
}

/** Compose fills in what follows a dollar sign. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function listed(name: string, value: object): Record<string, object> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
