import type { ChoiceView, Costs } from "../domain/choice-view.ts";
import type { ModelSpec } from "../domain/model.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { mayHangMachine } from "./footprint.ts";

/** A model that suits a wish. */
export interface Choice {
  model: CatalogModel;
  spec: ModelSpec;
  /** Why the machine cannot run it, as a part of a sentence; null where it can. */
  hindrance: string | null;
  costs: Costs;
}

/** A client is best told less than the engine takes where answers suffer before the end of the window. */
export function usableContext({ clientLimits, context = 0 }: CatalogModel["facts"]): number {
  return Math.min(context, clientLimits?.context ?? context);
}

/** As it is shown and sent. */
export function choiceView({ model: { facts }, spec, hindrance, costs }: Choice): ChoiceView {
  const { id, summary, status, capabilities, memoryGiB, policy } = spec;
  const startPeakGiB = spec.startPeakGiB ?? null;
  return {
    ...{ id, summary, status, statusReason: spec.statusReason ?? null },
    ...{ goodFor: facts.goodFor ?? [], capabilities, context: usableContext(facts), memoryGiB, startPeakGiB },
    mayHangMachine: startPeakGiB !== null && mayHangMachine(startPeakGiB),
    exclusive: policy.lifecycle === "exclusive",
    notWith: (facts.incompatible ?? []).map(({ client, use }) => ({ client, use })),
    ...{ hindrance, costs },
  };
}
