/** What set-up wants of a container daemon. */

import { daemonFacts, presentImages } from "../containers/facts.ts";
import { DaemonFailure } from "../containers/failure.ts";
import { fetchIntoVolume } from "../containers/fetch-weights.ts";
import { getImage, type WantedImage } from "../containers/image.ts";
import { removeImage } from "../containers/remove-image.ts";
import type { ContainerRuntime, HubRepository } from "../domain/container-runtime.ts";
import { branchName, nothingResolved, pinned, type Resolutions } from "../domain/resolved.ts";

/** Hears how far a long piece of work is. */
export type Hear = (phase: string, percent: number | null) => void;

export interface Containers {
  /** Why it cannot be used, or null. */
  missing(): Promise<string | null>;
  present(images: readonly string[]): Promise<Set<string>>;
  /** Pulls or builds. Rejects with what to do. */
  get(image: WantedImage, signal: AbortSignal, hear: Hear): Promise<void>;
  /** Brings a repository of the hub to where the model's containers look for it. `token`: null = none. */
  fetch(
    runtime: ContainerRuntime,
    repository: HubRepository,
    token: string | null,
    signal: AbortSignal,
    hear: Hear,
  ): Promise<void>;
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
    async fetch(runtime, repository, token, signal, hear) {
      const branch = branchName(repository.repo);
      if (repository.revision === null) await resolutions?.resolveCommits([branch], signal);
      const resolved = (await resolutions?.read()) ?? nothingResolved;
      const revision = repository.revision ?? resolved.commits[branch]?.is ?? null;
      const onProgress = (done: number, total: number) =>
        hear("fetching weights", total === 0 ? null : Math.floor((100 * done) / total));
      const options = { token, signal, onProgress, host };
      await fetchIntoVolume(pinned(runtime, resolved), { repo: repository.repo, revision }, options);
    },
    remove: (image) => removeImage(image, host),
  };
}
