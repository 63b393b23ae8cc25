/** What a check is given, with everything in order that a test does not say otherwise. */
import { parseConfig } from "../../config/load.ts";
import type { DockerRuntime } from "../../domain/docker-runtime.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { type Facts, factsFor, type Situation } from "../facts.ts";
import { type Record, recordedHost } from "./recorded-host.ts";

/** `yaml`: the configuration that is read. */
export function facts(record: Record, situation: Partial<Situation> & { yaml?: string } = {}): Facts {
  const { yaml = "", ...rest } = situation;
  const env = { HEARTH_HOME: "/home/ann/hearth" };
  const { config, warnings } = parseConfig(yaml, null, { cwd: "/home/ann", env });
  const encodings = `${config.home}/encodings`;
  const base = {
    home: config.home,
    encodings,
    deployed: false,
    config,
    warnings,
    chosen: [],
    tracks: [],
    storedKeys: 0,
    server: null,
  };
  return factsFor(recordedHost(record), { ...base, ...rest });
}

export function model(id: string, fields: Partial<ModelSpec> = {}): ModelSpec {
  return {
    id,
    aliases: [],
    summary: id,
    runtime: { kind: "embedded", startTimeoutSeconds: 60, stopGraceSeconds: 5 },
    memoryGiB: 1,
    context: 8192,
    concurrency: 1,
    lifecycle: "normal",
    pinned: false,
    capabilities: ["chat"],
    status: "validated",
    loadSeconds: 10,
    ...fields,
  };
}

export function container(id: string, image: string, memoryGiB: number): ModelSpec {
  const runtime: DockerRuntime = {
    kind: "docker",
    image,
    command: [],
    env: {},
    mounts: [],
    ulimits: [],
    devices: [],
    gpu: "all",
    port: 8000,
    healthPath: "/health",
    startTimeoutSeconds: 60,
    stopGraceSeconds: 5,
  };
  return model(id, { runtime, memoryGiB });
}
