/** What set-up wants of Docker. */
import type { DockerRuntime } from "../domain/docker-runtime.ts";
import type { ModelSpec } from "../domain/model.ts";
import {
  DockerFailure,
  dockerDriver,
  dockerFacts,
  fetchIntoVolume,
  type HubSnapshot,
  presentImages,
  removeImage,
} from "../waker/drivers/docker.ts";

/** Hears how far a long piece of work is. */
export type Hear = (phase: string, percent: number | null) => void;

export interface Containers {
  /** Why Docker cannot be used, or null. */
  missing(): Promise<string | null>;
  present(images: readonly string[]): Promise<Set<string>>;
  /** Pulls or builds. Rejects with what to do. */
  get(spec: ModelSpec, signal: AbortSignal, hear: Hear): Promise<void>;
  /** Brings a model's files from the hub to where its containers look for them. */
  fetch(runtime: DockerRuntime, snapshot: HubSnapshot, signal: AbortSignal, hear: Hear): Promise<void>;
  remove(image: string): Promise<void>;
}

/** `host`: as DOCKER_HOST. Absent: DOCKER_HOST, then the usual socket. */
export function dockerContainers(host?: string): Containers {
  const log = { info: () => {}, warn: () => {} };
  // No engine is started, so that the instance names nobody.
  const driver = dockerDriver({ instance: "setup", log, ...(host === undefined ? {} : { host }) });
  return {
    async missing() {
      const facts = await dockerFacts(host);
      return facts instanceof DockerFailure ? facts.message : null;
    },
    async present(images) {
      const present = await presentImages(images, host);
      if (present instanceof DockerFailure) throw present;
      return present;
    },
    get: (spec, signal, hear) => driver.prepare!(spec, signal, hear),
    fetch: (runtime, snapshot, signal, hear) => fetchIntoVolume(runtime, snapshot, { signal, hear, host }),
    remove: (image) => removeImage(image, host),
  };
}
