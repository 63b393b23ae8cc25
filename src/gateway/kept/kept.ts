/** What each key has kept here, and whether it may. */
import { type OwnShelf, Shelf, type ShelfBounds } from "./shelf.ts";

/** `asked`: what a request asks to have kept; `always`: what none asks not to; `never`: nothing. */
export type Keeping = "asked" | "always" | "never";

export interface Kept extends OwnShelf {
  keeping: Keeping;
}

export interface KeptOfAll {
  /** Found by the key's secret: a new key of the same name finds nothing of an older one's. */
  of(key: { hash: string }): Kept;
  close(): void;
}

/** Nothing outstays its time by more than this. Milliseconds. */
const expireEveryMs = 60_000;

/** `settings`: read each time, so that changed ones hold at once. */
export function createKept(settings: { keeping: Keeping; kept: ShelfBounds }): KeptOfAll {
  const shelf = new Shelf(() => settings.kept);
  const expiring = setInterval(() => shelf.expire(), expireEveryMs).unref();
  return {
    of: ({ hash }) => ({ ...shelf.of(hash), keeping: settings.keeping }),
    close: () => clearInterval(expiring),
  };
}
