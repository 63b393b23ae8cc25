/** The sizes of prompt that are tried, in tokens: doubled up to the window, then halved between what went and what did not. */

export interface Growth {
  /** The largest that was answered; 0 before the first. */
  good: number;
  /** The smallest that was refused, or null. */
  refused: number | null;
}

const firstTokens = 1024;
/** Nearer than this share of the window nobody needs to know it. */
const nearFraction = 1 / 64;

/** Null where nothing is left to learn. */
export function nextSize({ good, refused }: Growth, ceiling: number): number | null {
  if (refused === null) {
    if (good >= ceiling) return null;
    const next = good === 0 ? Math.min(firstTokens, Math.ceil(ceiling / 8)) : good * 2;
    // The last step is the window itself, not a little less.
    return next > ceiling * 0.75 ? ceiling : next;
  }
  const gap = refused - good;
  return gap <= Math.max(16, ceiling * nearFraction) ? null : good + Math.floor(gap / 2);
}

/** What a step left of the memory that must stay free. */
export interface Room {
  availableGiB: number;
  floorGiB: number;
}

/**
 * Whether a step to `next` tokens is safe: the memory that the last one took, grown with the prompt, must leave the floor.
 * `last`: its tokens and what was available before it.
 */
export function isSafe(next: number, last: { tokens: number; availableGiB: number } | null, room: Room): boolean {
  if (room.availableGiB < room.floorGiB) return false;
  if (last === null || last.tokens === 0) return true;
  const taken = Math.max(0, last.availableGiB - room.availableGiB);
  return room.availableGiB - taken * (next / last.tokens) >= room.floorGiB;
}
