/** Weights on this machine, as everybody speaks of them: what lies on the disk, and what is being done about it. */

/** One thing that can be removed by its name, and fetched again. */
export interface StoredWeights {
  /** Of a file below HEARTH_HOME/weights, or of a repository of the hub: `owner/name`. */
  name: string;
  kind: "file" | "repository";
  /** For people: the folder or the volume that it lies in. */
  place: string;
  /** What it takes on the disk, the beginning of a download too. */
  bytes: number;
  /** What it takes when it is whole; null where that is not known. */
  wantedBytes: number | null;
  /** False: a download has begun and is not over, or nothing is there yet. */
  whole: boolean;
  /** When it was last written to. Seconds since the epoch; null where nothing is there. */
  changedAt: number | null;
  /** What fetching it again would take at this machine's pace; null where nothing was fetched yet. */
  fetchSeconds: number | null;
  /** Ids of the models that read it. */
  models: string[];
}

/** What is done about a model's weights, one job after the other. */
export interface WeightsJob {
  model: string;
  act: "fetch" | "verify";
  state: "waiting" | "running" | "failed";
  /** The file or repository that it is at; null while it waits. */
  what: string | null;
  doneBytes: number;
  /** Of `what`; null while that is not known. */
  totalBytes: number | null;
  /** Bytes per second at most; null = as fast as it goes. */
  limit: number | null;
  /** Why it failed, and what to do; null otherwise. */
  failure: string | null;
  /** When it was asked for. Seconds since the epoch. */
  at: number;
}

/** How far a job is with one file or repository. */
export interface WeightsProgress {
  what: string;
  doneBytes: number;
  totalBytes: number | null;
}

/** Whole per cent; null where the total is not known. */
export function percentOf({ doneBytes, totalBytes }: Pick<WeightsProgress, "doneBytes" | "totalBytes">): number | null {
  return totalBytes === null || totalBytes === 0 ? null : Math.floor((100 * doneBytes) / totalBytes);
}

/** Without a request for so long it counts as unused. */
export const unusedAfterDays = 30;

/** Whether nobody would miss it: no model reads it, or none of those that do was used for so many days. */
export function isUnused(
  { models, changedAt }: Pick<StoredWeights, "models" | "changedAt">,
  lastUsedAt: number | null,
  days: number,
  at: number,
): boolean {
  if (models.length === 0) return true;
  // What has just been fetched has not had its chance yet.
  return at - Math.max(lastUsedAt ?? 0, changedAt ?? 0) > days * 86_400;
}
