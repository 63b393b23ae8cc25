/** Models for tests: everything in order that a test does not say otherwise. */
import type { ContainerRuntime } from "../../src/domain/container-runtime.ts";
import type { ModelSpec } from "../../src/domain/model.ts";

export function model(id: string, fields: Partial<ModelSpec> = {}): ModelSpec {
  return {
    id,
    aliases: [],
    summary: id,
    runtime: { kind: "embedded", startTimeoutSeconds: 60, stopGraceSeconds: 5 },
    memoryGiB: 1,
    context: 8192,
    concurrency: 1,
    policy: { lifecycle: "normal", pinned: false, idleStopSeconds: 0, warm: null },
    capabilities: ["chat"],
    status: "validated",
    loadSeconds: 10,
    ...fields,
  };
}

export function container(id: string, image: string, memoryGiB: number): ModelSpec {
  const runtime: ContainerRuntime = {
    kind: "container",
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
