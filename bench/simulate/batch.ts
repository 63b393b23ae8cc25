/** Requests that one engine serves together: each slows the others down, so every change moves every end. */
export interface Batch {
  readonly size: number;
  add(at: number, id: string, work: number): void;
  /** Takes a request off; one that is not here changes nothing. */
  remove(at: number, id: string): void;
  /** The request that ends next if nothing changes, or null. */
  nextEnd(at: number): { id: string; at: number } | null;
}

/** `slowdown`: n requests run at 1 / (1 + slowdown * (n - 1)) each. */
export function createBatch(slowdown: number): Batch {
  /** Work done for each member since the beginning of time, in seconds of a lone request. */
  let done = 0;
  let doneAt = 0;
  const ends = new Map<string, number>();
  const stretch = () => 1 + slowdown * (ends.size - 1);

  function advance(at: number): void {
    if (ends.size > 0) done += (at - doneAt) / stretch();
    doneAt = at;
  }

  return {
    get size() {
      return ends.size;
    },
    add(at, id, work) {
      advance(at);
      ends.set(id, done + work);
    },
    remove(at, id) {
      advance(at);
      ends.delete(id);
    },
    nextEnd(at) {
      advance(at);
      let first: { id: string; end: number } | null = null;
      for (const [id, end] of ends) if (first === null || end < first.end) first = { id, end };
      return first === null ? null : { id: first.id, at: at + Math.max(0, first.end - done) * stretch() };
    },
  };
}
