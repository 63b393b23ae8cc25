/** What set-up wants of a container daemon. */

import { daemonFacts, presentImages } from "../containers/facts.ts";
import { DaemonFailure } from "../containers/failure.ts";
import { fetchIntoVolume, type HubSnapshot } from "../containers/fetch-weights.ts";
import { getImage, type WantedImage } from "../containers/image.ts";
import { removeImage } from "../containers/remove-image.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { branchName, nothingResolved, pinned, type Resolutions } from "../domain/resolved.ts";

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

/** `host`: as DOCKER_HOST; undefined: DOCKER_HOST, then the usual socket. `resolutions`: null where engines run on another home. */
export function containersOf(host: string | undefined, resolutions: Resolutions | null): Containers {
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
    get: (image, signal, hear) => getImage(image, resolutions, signal, hear, host),
    async fetch(runtime, snapshot, signal, hear) {
      const branch = branchName(snapshot.repo);
      if (snapshot.revision === null) await resolutions?.resolveCommits([branch], signal);
      const resolved = (await resolutions?.read()) ?? nothingResolved;
      const revision = snapshot.revision ?? resolved.commits[branch]?.is ?? null;
      await fetchIntoVolume(pinned(runtime, resolved), { ...snapshot, revision }, { signal, hear, host });
    },
    remove: (image) => removeImage(image, host),
  };
}
