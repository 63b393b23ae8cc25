/** Models and drivers for tests of the Docker driver. */
import type Docker from "dockerode";
import type { ContainerRuntime } from "../../src/domain/container-runtime.ts";
import type { ModelSpec } from "../../src/domain/model.ts";
import type { Engine, StartOrder } from "../../src/waker/driver.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { model } from "../support/model-spec.ts";

export function containerRuntime(flags: string[] = [], changes: Partial<ContainerRuntime> = {}): ContainerRuntime {
  return {
    kind: "container",
    image: fakeEngineImage,
    imageSource: { kind: "local" },
    command: ["--host", "0.0.0.0", "--port", "{port}", "--model", "{model}", ...flags],
    env: {},
    mounts: [],
    ulimits: [],
    devices: [],
    gpu: "none",
    port: 8000,
    healthPath: "/health",
    startTimeoutSeconds: 20,
    stopGraceSeconds: 2,
    ...changes,
  };
}

/** A script in the place of an engine. */
export function runsNode(script: string, changes: Partial<ContainerRuntime> = {}): ContainerRuntime {
  return containerRuntime([], { entrypoint: ["/bin/node", "-e", script], command: [], ...changes });
}

export function containerSpec(id: string, runtime: ContainerRuntime): ModelSpec {
  return model(id, { runtime });
}

let generation = 0;
export function order(spec: ModelSpec, specHash = "hash"): StartOrder {
  generation += 1;
  return { spec, specHash, generation, node: "local", apiKey: `key-${generation}`, poolGiB: 100, weights: null };
}

export const quiet = { debug() {}, info() {}, warn() {} };

/** The container behind an engine, to do things behind the driver's back. */
export async function containerOf(client: Docker, { model }: Engine, instance: string): Promise<Docker.Container> {
  const label = [`hearth.instance=${instance}`, `hearth.model=${model}`];
  const [listed] = await client.listContainers({ all: true, filters: { label } });
  return client.getContainer(listed!.Id);
}
