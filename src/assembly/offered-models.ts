/** What the chooser offers on the machine of the engines. */
import { availableParallelism } from "node:os";
import { choiceView } from "../catalog/choice.ts";
import { choose } from "../catalog/choose.ts";
import type { ChoiceView } from "../domain/choice-view.ts";
import { type EnginePlace, placeOf } from "../domain/engine-place.ts";
import type { Wish } from "../domain/wish.ts";
import type { Snapshot } from "../link/link.ts";
import { shippedCatalog } from "./shipped-catalog.ts";

export function offeredModels(wish: Wish, place: EnginePlace): ChoiceView[] {
  return choose(shippedCatalog(), wish, place).map(choiceView);
}

/**
 * The machine as its waker tells it to a gateway elsewhere: the roomiest node that answers. Whether containers run there it
 * does not say; a GPU without them is of no use to anybody, so where there is one they are taken to.
 */
export function toldPlace({ nodes }: Pick<Snapshot, "nodes">): EnginePlace {
  const [node] = nodes.filter(({ state }) => state === "up").toSorted((a, b) => b.memory.totalGiB - a.memory.totalGiB);
  const { totalGiB = 0, availableGiB = 0 } = node?.memory ?? {};
  const gpu = node?.gpu.memory ?? "none";
  const card = gpu === "own" ? { card: { totalGiB, availableGiB } } : {};
  return placeOf({
    memory: { totalGiB, availableGiB, ...card },
    gpu: gpu !== "none",
    architecture: null,
    processors: availableParallelism(),
    containers: gpu !== "none",
  });
}
