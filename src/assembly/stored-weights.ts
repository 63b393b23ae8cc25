/** What lies on the disk beside what the models want there: one list. Pure. */
import type { KeptRepository } from "../containers/kept-repositories.ts";
import { placeOf } from "../containers/kept-repositories.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { StoredWeights } from "../domain/weights.ts";
import type { KeptFile } from "../weights/kept-files.ts";

export interface Found {
  folder: string;
  files: readonly KeptFile[];
  repositories: readonly (KeptRepository & { place: string })[];
  /** Bytes per second; null = not known. */
  pace: number | null;
}

/** By name; what no model wants is among it, and what a model wants and nobody has fetched. */
export function storedWeights(
  specs: readonly ModelSpec[],
  { folder, files, repositories, pace }: Found,
): StoredWeights[] {
  const all = new Map<string, StoredWeights>();
  for (const wanted of specs.flatMap((spec) => wantedBy(spec, folder))) {
    const known = all.get(keyOf(wanted));
    if (known === undefined) all.set(keyOf(wanted), wanted);
    else known.models.push(...wanted.models);
  }
  const there = [
    ...files.map(({ file, ...facts }) => ({ kind: "file" as const, name: file, place: folder, ...facts })),
    ...repositories.map(({ repo, ...facts }) => ({ kind: "repository" as const, name: repo, ...facts })),
  ];
  for (const facts of there) {
    const known = all.get(keyOf(facts)) ?? { ...facts, wantedBytes: null, fetchSeconds: null, models: [] };
    const whole =
      facts.whole && (facts.kind !== "file" || known.wantedBytes === null || facts.bytes === known.wantedBytes);
    all.set(keyOf(facts), { ...known, ...facts, whole });
  }
  return [...all.values()]
    .map((one) => ({ ...one, fetchSeconds: fetchSeconds(one, pace) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function wantedBy({ id, weights, runtime }: ModelSpec, folder: string): StoredWeights[] {
  const nothing = { bytes: 0, whole: false, changedAt: null, fetchSeconds: null, models: [id] };
  const own: StoredWeights[] = [];
  if (weights !== undefined) {
    own.push({ ...nothing, name: weights.file, kind: "file", place: folder, wantedBytes: weights.bytes });
  }
  if (runtime.kind === "container") {
    const place = placeOf(runtime);
    for (const { repo, bytes } of runtime.repositories ?? [])
      own.push({ ...nothing, name: repo, kind: "repository", place, wantedBytes: bytes });
  }
  return own.map((one) => ({ ...one, models: [id] }));
}

function fetchSeconds({ bytes, whole, wantedBytes }: StoredWeights, pace: number | null): number | null {
  const size = whole ? bytes : Math.max(bytes, wantedBytes ?? 0);
  return pace === null || size === 0 ? null : size / pace;
}

const keyOf = ({ kind, place, name }: Pick<StoredWeights, "kind" | "place" | "name">) => `${kind} ${place} ${name}`;
