/** The kernel's own account of memory: /proc/meminfo. */

export interface Meminfo {
  totalGiB: number;
  /** Free without swapping: most of the page cache counts. */
  availableGiB: number;
  /** Used by nobody, not even as cache. */
  freeGiB: number;
  swapTotalGiB: number;
  swapFreeGiB: number;
}

const kibibytesPerGiB = 1024 ** 2;

/** Null where the text names no total or no free memory. */
export function parseMeminfo(text: string): Meminfo | null {
  const read = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text);
    return found === null ? null : Number(found[1]) / kibibytesPerGiB;
  };
  const totalGiB = read("MemTotal");
  const freeGiB = read("MemFree");
  // Kernels before 3.14 and some containers have no MemAvailable; MemFree is its lower bound.
  const availableGiB = read("MemAvailable") ?? freeGiB;
  if (totalGiB === null || availableGiB === null) return null;
  const swap = { swapTotalGiB: read("SwapTotal") ?? 0, swapFreeGiB: read("SwapFree") ?? 0 };
  return { totalGiB, availableGiB, freeGiB: freeGiB ?? 0, ...swap };
}
