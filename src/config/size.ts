/** Sizes of memory and files as people write them: `8GiB`, `10GB`, `64MiB`, `0`. */

const unitBytes: Record<string, number> = {
  B: 1,
  kB: 1000,
  KB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  TB: 1000 ** 4,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** The units are case sensitive: `Mb` are megabits to many. */
export const sizePattern = /^(0|(\d+(\.\d+)?) ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB))$/;

/** Whole bytes, or null where the text is no size. */
export function parseSize(text: string): number | null {
  const match = sizePattern.exec(text);
  if (match === null) return null;
  if (match[1] === "0") return 0;
  const bytes = Math.round(Number(match[2]) * unitBytes[match[4]!]!);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** In binary units, exact: `parseSize` gives the same bytes back. */
export function formatSize(bytes: number): string {
  if (bytes === 0) return "0";
  for (const unit of ["TiB", "GiB", "MiB", "KiB"]) {
    if (bytes % unitBytes[unit]! === 0) return `${bytes / unitBytes[unit]!}${unit}`;
  }
  return `${bytes}B`;
}
