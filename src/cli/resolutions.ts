/** What branches and tags stand for on this machine, as commands need it. */
import { loadHome } from "../config/load-home.ts";
import type { ModelSpec } from "../domain/model.ts";
import {
  branchName,
  isCommit,
  isMovable,
  openBranches,
  type Resolution,
  type Resolutions,
  type Resolved,
} from "../domain/resolved.ts";
import { resolutionsIn } from "../resolved/resolutions.ts";
import { ResolvedFile } from "../resolved/resolved-file.ts";
import { hubAsker } from "../weights/hub.ts";
import type { Io } from "./io.ts";

/** `home`: absent, that of the configuration that `hearth serve` would find. */
export function resolutionsOf(io: Io, home: string = loadHome(io)): Resolutions {
  return resolutionsIn(home, hubAsker(io.env), (news) => io.err.write(`${news}\n`));
}

/** As they are kept; nothing is asked. */
export function resolvedFile(io: Io): ResolvedFile {
  return new ResolvedFile(loadHome(io));
}

/** The names that a model takes from elsewhere and that may move, as they are kept. */
export function namesOf({ runtime, weights }: ModelSpec): string[] {
  const files = weights?.sources.flatMap((source) =>
    source.kind === "hub" && !isCommit(source.revision) ? [branchName(source.repo, source.revision)] : [],
  );
  const own = runtime.kind === "container" ? openBranches(runtime) : [];
  const image = runtime.kind === "container" && isMovable(runtime.image) ? [runtime.image] : [];
  return [...own, ...(files ?? []), ...image];
}

/** Of those the ones that this machine has resolved. */
export function keptOf(spec: ModelSpec, { commits, digests }: Resolved): ({ name: string } & Resolution)[] {
  return namesOf(spec).flatMap((name) => {
    const kept = commits[name] ?? digests[name];
    return kept === undefined ? [] : [{ name, ...kept }];
  });
}
