/** How the writing of what outlives a run goes. Serving goes on in every case: requests need no disk. */
export interface StoreHealth {
  /** `slow`: the disk has not answered for seconds. `failing`: it refuses; what waits is tried again by itself. */
  status: "ok" | "slow" | "failing";
  /** What is wrong and what to do; null while all is well. Names no path. */
  problem: string | null;
  /** Writes that wait. */
  queued: number;
  /** Vain tries since the start. */
  failedWrites: number;
  /** Writes that were given up since the start, oldest first, because too many waited: journal and records, never keys. */
  droppedWrites: number;
}
