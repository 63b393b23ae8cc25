/** The memory ledger: what models may take together, whether one more fits now, and when a stop has given it back. */

/** What the host says of itself, GiB. */
export interface HostMemory {
  totalGiB: number;
  /** Free without swapping: the page cache of earlier models counts, since the kernel gives it up. */
  availableGiB: number;
}

export interface MemoryLimits {
  /** What the scheduler may give to engines together. */
  budgetGiB: number;
  /** What must stay available after a start. */
  floorGiB: number;
}

/** On a Spark (121.7 GiB) below this the desktop and ssh begin to suffer; a smaller machine keeps an eighth. */
const usualFloorGiB = 8;
const usualFloorFraction = 1 / 8;

/**
 * `auto` budget = the whole machine less the floor: what Hearth itself and the system take is found at the start of
 * an engine (`memoryRefusal`), when it is known and not guessed. `auto` floor = 8 GiB, on machines below 64 GiB an
 * eighth, so that a small model starts on a small machine.
 */
export function memoryLimits(
  wanted: { budgetGiB: number | "auto"; floorGiB: number | "auto" },
  totalGiB: number,
): MemoryLimits {
  const floorGiB =
    wanted.floorGiB === "auto" ? Math.min(usualFloorGiB, totalGiB * usualFloorFraction) : wanted.floorGiB;
  const budgetGiB = wanted.budgetGiB === "auto" ? Math.max(0, totalGiB - floorGiB) : wanted.budgetGiB;
  return { budgetGiB, floorGiB };
}

/** Why an engine of this size must not be started now, with every number; null where it may. */
export function memoryRefusal(model: string, needGiB: number, host: HostMemory, limits: MemoryLimits): string | null {
  if (host.availableGiB - needGiB >= limits.floorGiB) return null;
  const spare = Math.max(0, host.availableGiB - limits.floorGiB);
  return (
    `${model} needs ${gib(needGiB)} of memory, but only ${gib(spare)} can be given away: ${gib(host.availableGiB)} of ` +
    `${gib(host.totalGiB)} are available and ${gib(limits.floorGiB)} are kept free for the system (memory.floor). ` +
    "Close other programs, choose a smaller model, or lower memory.floor."
  );
}

/** One look at the host while an engine's memory is awaited. */
export interface MemorySample {
  /** Seconds, on any clock. */
  at: number;
  availableGiB: number;
}

/** A rise below this is noise. */
const riseGiB = 0.0625;
/** Without a rise for this long, nothing more is coming. */
const settledSeconds = 2;
/** The release of GPU memory on a unified pool may begin this late. */
const lateSeconds = 15;
const longestSeconds = 60;
const enoughFraction = 0.8;

/**
 * Whether the memory of a stopped engine is back. `heldGiB` is what it was seen to hold; the samples begin when its
 * processes were gone. Done when most of it has returned; or when it has stopped rising (other programs may have
 * taken a part, so the sum alone is no criterion), if some came back or none came in a long while; or after a minute.
 * The next start looks at the real figure anyway, and waits for more where it must.
 */
export function memoryIsBack(samples: MemorySample[], heldGiB: number): boolean {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return false;
  const waited = last.at - first.at;
  if (last.availableGiB - first.availableGiB >= heldGiB * enoughFraction - riseGiB) return true;
  if (waited >= longestSeconds) return true;
  const earlier = samples.filter((sample) => sample.at <= last.at - settledSeconds).at(-1);
  if (earlier === undefined || last.availableGiB - earlier.availableGiB >= riseGiB) return false;
  return earlier.availableGiB - first.availableGiB >= riseGiB || waited >= lateSeconds;
}

function gib(value: number): string {
  return `${value.toFixed(1)} GiB`;
}
