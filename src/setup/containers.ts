/** What set-up wants of a container daemon. */

import { daemonFacts, presentImages } from "../containers/facts.ts";
import { DaemonFailure } from "../containers/failure.ts";
import { fetchIntoVolume, type HubSnapshot } from "../containers/fetch-weights.ts";
import { getImage, type WantedImage } from "../containers/image.ts";
import { removeImage } from "../containers/remove-image.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";

/** Hears how far a long piece of work is. */
export type Hear = (phase: string, percent: number | null) => void;

export interface Containers {
  /** Why it cannot be used, or null. */
  missing(): Promise<string | null>;
  present(images: readonly string[]): Promise<Set<string>>;
  /** Pulls or builds. Rejects with what to do. */
  get(image: WantedImage, signal: AbortSignal, hear: Hear): Promise<void>;
  /** Brings a model's files from the hub to where its containers look for them. */
  fetch(runtime: ContainerRuntime, snapshot: HubSnapshot, signal: AbortSignal, hear: Hear): Promise<void>;
  remove(image: string): Promise<void>;
}

/** `host`: as DOCKER_HOST. Absent: DOCKER_HOST, then the usual socket. */
export function containersOf(host?: string): Containers {
  return {
    async missing() {
      const facts = await daemonFacts(host);
      return facts instanceof DaemonFailure ? facts.message : null;
    },
    async present(images) {
      const present = await presentImages(images, host);
      if (present instanceof DaemonFailure) throw present;
      return present;
    },
    get: (image, signal, hear) => getImage(image, signal, hear, host),
    fetch: (runtime, snapshot, signal, hear) => fetchIntoVolume(runtime, snapshot, { signal, hear, host }),
    remove: (image) => removeImage(image, host),
  };
}
