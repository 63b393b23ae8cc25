/** Machines that people have, as places for engines. */
import { type EnginePlace, placeOf } from "../../../src/domain/engine-place.ts";

/** A DGX Spark of 128 GB, as /proc/meminfo tells it. */
export const spark = machine(121.7, { gpu: true });
export const smallSpark = machine(60.6, { gpu: true });
/** A desktop with a card of 24 GB. */
export const card24 = machine(62.5, { gpu: true, cardGiB: 24 });
export const card6 = machine(31.2, { gpu: true, cardGiB: 6 });
export const laptop8 = machine(7.6, { processors: 4 });
export const laptop16 = machine(15.4, { processors: 8 });
export const desktop32 = machine(31.2, { processors: 16 });
/** A rented machine of two processors. */
export const twoProcessors = machine(15.6, { processors: 2 });
export const board2 = machine(1.9, { processors: 4 });

function machine(
  totalGiB: number,
  { gpu = false, cardGiB, processors = 20 }: { gpu?: boolean; cardGiB?: number; processors?: number },
): EnginePlace {
  const card = cardGiB === undefined ? {} : { card: { totalGiB: cardGiB, availableGiB: cardGiB } };
  return placeOf({
    memory: { totalGiB, availableGiB: totalGiB, ...card },
    gpu,
    architecture: null,
    processors,
    containers: gpu,
  });
}
