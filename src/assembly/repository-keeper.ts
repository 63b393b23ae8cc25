/** Repositories of the hub in engines' volumes, which containers of the engines' own images reach. */
import { presentImages } from "../containers/facts.ts";
import { DaemonFailure } from "../containers/failure.ts";
import { fetchIntoVolume } from "../containers/fetch-weights.ts";
import { getImage } from "../containers/image.ts";
import {
  type KeptRepository,
  keptRepositories,
  placeOf,
  removeRepository,
  verifyRepository,
} from "../containers/kept-repositories.ts";
import type { ContainerRuntime, HubRepository } from "../domain/container-runtime.ts";
import type { ModelSpec } from "../domain/model.ts";
import { Problem } from "../domain/problem.ts";
import { branchName, pinned, type Resolutions, type Resolved } from "../domain/resolved.ts";
import type { FetchWeights } from "../waker/weights-keeper.ts";
import { fetchedRepositories } from "../weights/fetched-repositories.ts";
import { measurePace } from "../weights/pace.ts";

/** Of the process that keeps weights. */
export interface KeptFor {
  /** HEARTH_HOME. */
  home: string;
  /** HF_TOKEN and DOCKER_HOST among it. */
  env: NodeJS.ProcessEnv;
  /** What branches and tags stand for here. */
  resolutions: Resolutions;
}

export interface RepositoryKeeper {
  /** As far as this home remembers. */
  isHere(runtime: ContainerRuntime, repository: HubRepository): Promise<boolean>;
  /** Gets the engine's image unless it is here, which fetches and runs what it reads. Rejects with what to do. */
  image(runtime: ContainerRuntime, options: FetchWeights): Promise<void>;
  /** Rejects as `fetchIntoVolume` does. */
  fetch(runtime: ContainerRuntime, repository: HubRepository, options: FetchWeights): Promise<void>;
  /** Resolves to what is wrong with it, a line each. */
  verify(runtime: ContainerRuntime, repo: string, options: Omit<FetchWeights, "limit">): Promise<string[]>;
  /** Nothing where no engine's image is here: none has fetched anything then. */
  list(specs: readonly ModelSpec[], signal: AbortSignal): Promise<(KeptRepository & { place: string })[]>;
  /** Rejects with a Problem. */
  remove(repo: string, place: string, specs: readonly ModelSpec[], signal: AbortSignal): Promise<void>;
}

export function repositoryKeeper({ home, env, resolutions }: KeptFor): RepositoryKeeper {
  const host = env.DOCKER_HOST || undefined;
  const fetched = fetchedRepositories(home);

  /** As this machine keeps to it: commit and image. */
  async function here(repository: HubRepository): Promise<HubRepository> {
    const { commits } = await resolutions.read();
    return { ...repository, revision: repository.revision ?? commits[branchName(repository.repo)]?.is ?? null };
  }

  return {
    isHere: async (runtime, repository) => fetched.has(placeOf(runtime), await here(repository)),

    async image(runtime, { signal, onProgress }) {
      const hear = (phase: string, percent: number | null) =>
        onProgress({ what: percent === null ? phase : `${phase}, ${percent} %`, doneBytes: 0, totalBytes: null });
      await getImage(runtime, resolutions, signal, hear, host);
    },

    async fetch(runtime, repository, { signal, limit, onProgress }) {
      if (repository.revision === null) await resolutions.resolveCommits([branchName(repository.repo)], signal);
      const meant = await here(repository);
      const pace = measurePace(home);
      await fetchIntoVolume(pinned(runtime, await resolutions.read()), meant, {
        ...{ token: tokenOf(runtime, env), limit, signal, host },
        onProgress(doneBytes, totalBytes) {
          pace.reached(doneBytes);
          onProgress({ what: repository.repo, doneBytes, totalBytes: totalBytes || null });
        },
      });
      await fetched.add(placeOf(runtime), meant);
      if (limit === null) await pace.over();
    },

    async verify(runtime, repo, { signal, onProgress }) {
      const hear = (doneBytes: number, totalBytes: number) => onProgress({ what: repo, doneBytes, totalBytes });
      const faults = await verifyRepository(pinned(runtime, await resolutions.read()), repo, {
        signal,
        host,
        onProgress: hear,
      });
      if (faults.length > 0) await fetched.forget(repo);
      return faults;
    },

    async list(specs, signal) {
      const looking = [...(await lookers(specs, host, await resolutions.read()))].map(async ([place, runtime]) => {
        const kept = await keptRepositories(runtime, { signal, host });
        return kept.map((one) => ({ ...one, place }));
      });
      return (await Promise.all(looking)).flat();
    },

    async remove(repo, place, specs, signal) {
      const runtime = (await lookers(specs, host, await resolutions.read())).get(place);
      if (runtime === undefined) {
        const message = `${repo} lies in ${place}, which an engine's image must reach: none is here.`;
        throw new Problem("model_unavailable", message);
      }
      await removeRepository(runtime, repo, { signal, host });
      await fetched.forget(repo);
    },
  };
}

/** By place one engine whose image is here: of those that share a place, any can look at it. */
async function lookers(
  specs: readonly ModelSpec[],
  host: string | undefined,
  resolved: Resolved,
): Promise<Map<string, ContainerRuntime>> {
  const runtimes = specs.flatMap(({ runtime }) =>
    runtime.kind === "container" && runtime.repositories !== undefined ? [pinned(runtime, resolved)] : [],
  );
  if (runtimes.length === 0) return new Map();
  const present = await presentImages([...new Set(runtimes.map(({ image }) => image))], host);
  if (present instanceof DaemonFailure) return new Map();
  return new Map(runtimes.filter(({ image }) => present.has(image)).map((runtime) => [placeOf(runtime), runtime]));
}

/** The engine's own comes first: it may be another account's. */
function tokenOf(runtime: ContainerRuntime, env: NodeJS.ProcessEnv): string | null {
  return runtime.env.HF_TOKEN || env.HF_TOKEN || null;
}
