/** Weights of every kind, kept for the waker and for commands: files of this home, repositories in engines' volumes. */
import type { Logger } from "pino";
import { DaemonFailure } from "../containers/failure.ts";
import type { ContainerRuntime, HubRepository } from "../domain/container-runtime.ts";
import type { ModelSpec } from "../domain/model.ts";
import { isOutside } from "../domain/outside.ts";
import { Problem } from "../domain/problem.ts";
import { resolutionsIn } from "../resolved/resolutions.ts";
import type { FetchWeights, WeightsKeeper } from "../waker/weights-keeper.ts";
import { hubAsker } from "../weights/hub.ts";
import { keptFiles, removeFile, weightsFolder } from "../weights/kept-files.ts";
import { measurePace, paceOf } from "../weights/pace.ts";
import { verifyWeights } from "../weights/verify.ts";
import { ensureWeights } from "../weights/weights.ts";
import { type KeptFor, repositoryKeeper } from "./repository-keeper.ts";
import { storedWeights } from "./stored-weights.ts";

export interface KeeperParts extends Omit<KeptFor, "resolutions"> {
  log: Pick<Logger, "info">;
}

export function weightsKeeper(parts: KeeperParts): WeightsKeeper {
  const { home, env, log } = parts;
  const resolutions = resolutionsIn(home, hubAsker(env), (news) => log.info(news));
  const kept = { ...parts, resolutions };
  const repositories = repositoryKeeper(kept);
  return {
    async fetch(spec, options) {
      const path = await fetchFile(spec, options, kept);
      if (spec.runtime.kind === "container") await repositories.image(spec.runtime, options);
      for (const [runtime, one] of repositoriesOf(spec)) await repositories.fetch(runtime, one, options);
      return path;
    },

    async forStart(spec, options) {
      const path = await fetchFile(spec, options, kept);
      for (const [runtime, one] of repositoriesOf(spec)) {
        if (await repositories.isHere(runtime, one)) continue;
        try {
          await repositories.fetch(runtime, one, options);
        } catch (error) {
          options.signal.throwIfAborted();
          // Network, login, disk: the engine would fare no better. Anything else may be a matter of its image.
          if (isOutside(error) && !(error instanceof DaemonFailure)) throw error;
          log.info({ model: spec.id }, `its engine fetches ${one.repo} itself: ${(error as Error).message}`);
        }
      }
      return path;
    },

    async verify(spec, { signal, onProgress }) {
      if (spec.weights !== undefined) {
        const { file, bytes } = spec.weights;
        const hear = (doneBytes: number) => onProgress({ what: file, doneBytes, totalBytes: bytes });
        await verifyWeights(spec.weights, { home, signal, onProgress: hear });
      }
      for (const [runtime, { repo }] of repositoriesOf(spec)) {
        const faults = await repositories.verify(runtime, repo, { signal, onProgress });
        if (faults.length === 0) continue;
        const next = `\`hearth pull ${spec.id}\` fetches what is missing.`;
        throw new Problem("model_unavailable", `${repo} is not whole: ${faults.join("; ")}. ${next}`);
      }
    },

    async list(specs, signal) {
      const [files, there, pace] = await Promise.all([keptFiles(home), repositories.list(specs, signal), paceOf(home)]);
      return storedWeights(specs, { folder: weightsFolder(home), files, repositories: there, pace });
    },

    async remove({ kind, name, place }, specs, signal) {
      if (kind === "file") await removeFile(home, name);
      else await repositories.remove(name, place, specs, signal);
    },
  };
}

async function fetchFile(
  spec: ModelSpec,
  { signal, limit, onProgress }: FetchWeights,
  { home, env, resolutions, log }: KeeperParts & KeptFor,
): Promise<string | null> {
  if (spec.weights === undefined) return null;
  const { file } = spec.weights;
  const pace = measurePace(home);
  const path = await ensureWeights(spec.weights, {
    ...{ home, env, signal, limit, resolutions },
    onProgress({ doneBytes, totalBytes }) {
      pace.reached(doneBytes);
      onProgress({ what: file, doneBytes, totalBytes });
    },
    onSkipped: ({ source, reason }) => log.info({ file }, `weights: not from ${source}: ${reason}`),
  });
  if (limit === null) await pace.over();
  return path;
}

function repositoriesOf({ runtime }: ModelSpec): [ContainerRuntime, HubRepository][] {
  if (runtime.kind !== "container") return [];
  return (runtime.repositories ?? []).map((repository) => [runtime, repository]);
}
