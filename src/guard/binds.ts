/**
 * Which folders of the host an engine may mount. Docker resolves a path when a container starts, following symbolic
 * links on the host, so what was checked at its creation may be another folder by then. Three rules close that:
 * a path may be mounted writable only where it is listed itself and nothing that is listed lies below it; what lies
 * below a listed path is mounted read-only, seen by the guard, and free of links; and no engine may write where another
 * one mounts something below. All three hold again at the start, on what the container really has.
 */
import { realpath } from "node:fs/promises";
import type { Policy } from "./policy.ts";
import { Refusal } from "./refusal.ts";

export interface Bind {
  /** Absolute path on the host. */
  source: string;
  writable: boolean;
  /** How a refusal names it: `HostConfig.Mounts[0].Source`. */
  field: string;
}

/** Another container of Hearth's, running or not. */
export interface Neighbour {
  name: string;
  binds: Omit<Bind, "field">[];
}

/** Why the list does not allow this bind, or null. Pure. */
export function bindFault({ source, writable }: Omit<Bind, "field">, { binds }: Pick<Policy, "binds">): string | null {
  if (!binds.includes(source)) {
    if (!binds.some((listed) => isBelow(source, listed))) return "is not a path of HEARTH_GUARD_BINDS, nor below one";
    return writable ? "lies below a path of HEARTH_GUARD_BINDS: only the listed path itself may be writable" : null;
  }
  const inner = binds.find((listed) => isBelow(listed, source));
  if (!writable || inner === undefined) return null;
  return `must be read-only: ${inner}, which is in HEARTH_GUARD_BINDS too, lies below it`;
}

/** Throws a Refusal where one container could write above what another one, or itself at its next start, mounts. Pure. */
export function checkNeighbours(own: Bind[], neighbours: Neighbour[]): void {
  for (const { source, writable, field } of own) {
    for (const { name, binds } of [{ name: "of this description", binds: own }, ...neighbours]) {
      for (const other of binds) {
        if (other.writable && isBelow(source, other.source))
          throw new Refusal(`${field}: container ${name} may write in ${other.source}, above ${source}.`);
        if (writable && isBelow(other.source, source))
          throw new Refusal(`${field}: it would be writable, and container ${name} mounts ${other.source} below it.`);
      }
    }
  }
}

/** Throws a Refusal where a path below a listed one is not there, or leads through a symbolic link. */
export async function checkLinks(own: Bind[], { binds }: Pick<Policy, "binds">): Promise<void> {
  for (const { source, field } of own) {
    // A path that is listed itself is the operator's word.
    if (binds.includes(source)) continue;
    const real = await realpath(source).catch(() => null);
    if (real === null)
      throw new Refusal(`${field}: the guard cannot see ${source}; mount its folder into the guard too.`);
    if (real !== source) throw new Refusal(`${field}: ${source} leads through a symbolic link.`);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === "/" ? "/" : `${folder}/`) && path !== folder;
}
