/** Things to come, in the order of their time; those of one time in the order in which they were noted. */
export interface Agenda<T> {
  add(at: number, what: T): void;
  /** The next thing, taken off, or null when nothing is left. */
  next(): { at: number; what: T } | null;
}

interface Entry<T> {
  at: number;
  order: number;
  what: T;
}

/** A binary heap. */
export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let order = 0;
  const before = (a: Entry<T>, b: Entry<T>) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function rise(index: number, entry: Entry<T>): void {
    let hole = index;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = entry;
  }

  function sink(entry: Entry<T>): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, entry)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = entry;
  }

  return {
    add(at, what) {
      const entry = { at, order, what };
      order += 1;
      heap.push(entry);
      rise(heap.length - 1, entry);
    },
    next() {
      const first = heap[0];
      if (first === undefined) return null;
      const last = heap.pop()!;
      if (heap.length > 0) sink(last);
      return { at: first.at, what: first.what };
    },
  };
}
