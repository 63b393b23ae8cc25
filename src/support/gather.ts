/** Everything that a bug report needs, of this machine and of the server that runs on it; never content, never a key. */
import { arch, cpus, platform, release } from "node:os";
import type { Config } from "../config/types.ts";
import type { Diagnosis } from "../doctor/doctor.ts";
import type { RequestRecord } from "../domain/request-record.ts";
import type { ModelView, Snapshot } from "../link/link.ts";
import { secretsOf, shapeOf, withheld } from "./withhold.ts";

export interface SupportSources {
  version: string;
  at: Date;
  env: Readonly<Record<string, string | undefined>>;
  /** Null where it is faulty. */
  config: Config | null;
  checks: Diagnosis[];
  /** Of the installation, and whatever else is known to be secret. */
  secrets: string[];
  /** What the server answers at a path; null where none runs, or it does not answer. */
  ask(path: string): Promise<string | null>;
}

const requestsShown = 200;

/** The file's text: JSON, for people to read before they send it. */
export async function supportFile(sources: SupportSources): Promise<string> {
  const { version, at, env, config, checks, ask, secrets } = sources;
  const [state, requests, metrics, health] = await Promise.all([
    ask("/hearth/v1/state"),
    ask(`/hearth/v1/requests?limit=${requestsShown}`),
    ask("/metrics"),
    ask("/healthz"),
  ]);
  const report = {
    about:
      "Made by `hearth support`. No prompt, no answer, no key and no name of a person is in it; read it all the same.",
    hearth: version,
    at: at.toISOString(),
    machine: { platform: platform(), arch: arch(), release: release(), cpus: cpus().length, node: process.version },
    /** Names alone. */
    environment: Object.keys(env).filter((name) => /^(?:HEARTH|VLLM|HF|CUDA|NVIDIA|DOCKER|OTEL)_/.test(name)),
    checks: checks.map(checkOf),
    configuration: config === null ? "faulty: see `hearth check`" : shapeOf(configOf(config)),
    health: health === null ? "no server answers" : JSON.parse(health),
    state: state === null ? null : stateOf(JSON.parse(state) as Snapshot),
    requests:
      requests === null ? null : (JSON.parse(requests) as { requests: RequestRecord[] }).requests.map(requestOf),
    metrics: metrics === null ? null : ownMetrics(metrics),
  };
  const all = [...secrets, ...secretsOf(env), ...(config === null ? [] : configSecrets(config))];
  const text = withheld(JSON.stringify(report, null, 2), all);
  // The folders of people are called after them.
  return `${env.HOME && env.HOME !== "/" ? text.replaceAll(env.HOME, "~") : text}\n`;
}

/** What a user has written wrongly may be a key at the wrong place. */
function checkOf({ check, status, says, mend }: Diagnosis): object {
  if (check === "configuration" && status !== "pass")
    return { check, status, says: "`hearth check` says what is wrong" };
  return { check, status, says, ...(mend === undefined ? {} : { mend }) };
}

/** Keys are people. */
function configOf({ keys, file, home, ...rest }: Config): object {
  return {
    ...rest,
    file: file !== null,
    home: home !== "",
    keys: keys.map(({ role, priority }) => ({ role, priority })),
  };
}

function configSecrets({ keys, models }: Config): string[] {
  const ofModels = models.flatMap(({ fields: { runtime } }) => [
    ...Object.values(runtime?.env ?? {}),
    ...(runtime?.command ?? []).filter((word) => !/^-|^\{|^\d/.test(word) && word.length > 12),
  ]);
  return [...ofModels, ...keys.flatMap(({ name, hash }) => [name, hash])];
}

function stateOf({ at, heartbeatAt, why, models, nodes, memory, queueDepth }: Snapshot): object {
  return { at, heartbeatAt, why, nodes, memory, queueDepth, models: models.map(modelOf) };
}

/** An engine's own words may hold a prompt: of a failure only its code is told. */
function modelOf(view: ModelView): object {
  const { id, state, phase, percent, since, readyAt, running, waiting, pinned, lastUsedAt, stopsAt, secondsToReady } =
    view;
  const { context, concurrency, capabilities, fixups, lifecycle, status, memoryGiB, memoryUse, failure, process } =
    view;
  return {
    ...{ id, state, phase, percent, since, readyAt, running, waiting, pinned, lastUsedAt, stopsAt, secondsToReady },
    ...{ context, concurrency, capabilities, fixups, lifecycle, status, memoryGiB, memoryUse },
    failure: failure && { code: failure.code, at: failure.at, until: failure.until },
    process: process && { pid: process.pid, generation: process.generation, rssGiB: process.rssGiB },
  };
}

/** A client may send a whole prompt as a model's name. */
function requestOf({ key: _, modelAsked: __, ...rest }: RequestRecord): object {
  return rest;
}

function ownMetrics(text: string): string[] {
  return text.split("\n").filter((line) => line.startsWith("hearth_") && !/^hearth_key_|_bucket\{/.test(line));
}
