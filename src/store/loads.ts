import type { Outbox } from "./outbox.ts";

/** How long models took to load on this machine. */
export interface Loads {
  record(model: string, seconds: number, at: number): void;
  /** The newest loads of a model, oldest of them first. Seconds. */
  of(model: string): number[];
}

/** What estimates look at, and what is kept of each model. */
export const keptLoads = 20;

export function storedLoads(outbox: Outbox, found: Map<string, number[]>): Loads {
  const loads = new Map(found);
  return {
    record(model, seconds, at) {
      loads.set(model, [...(loads.get(model) ?? []), seconds].slice(-keptLoads));
      outbox.offer({ name: "addLoad", input: { model, seconds, at } }, lane);
    },
    of: (model) => loads.get(model) ?? [],
  };
}

/** One less makes an estimate a little worse, no more. */
const lane = { chained: false, lost() {} };
