/** The longest wait that the policy allows, from what was there when a request came. */
import type { Params } from "../../../src/domain/scheduler/params.ts";
import type { ModelFacts, ModelId } from "../../../src/domain/scheduler/types.ts";
import { type Machine, unloadSeconds } from "./machine.ts";

/** B(m). */
function patience(params: Params, model: ModelFacts): number {
  const { overdueLoads, overdueMinSeconds, overdueMaxSeconds } = params;
  return Math.min(Math.max(overdueLoads * model.loadSeconds, overdueMinSeconds), overdueMaxSeconds);
}

/**
 * Patience, then what is in transit, then for each group ahead and for the request's own: stay + drain + unload +
 * load. Groups ahead are the models that others wait for already: whoever comes later comes behind. `beside`: where
 * several models fit, those that start beside the others may each come in between once per group.
 */
export function waitBound(machine: Machine, model: ModelFacts, longestAnswer: number, beside: boolean): number {
  const models = [...machine.models.values()];
  const load = Math.max(...models.map(({ loadSeconds }) => loadSeconds));
  const stay = machine.params.minimumStayLoads * load;
  const ahead = new Set<ModelId>([model.id, ...machine.state.waiting.map((waiter) => waiter.model)]);
  const between = beside ? models.reduce((sum, other) => sum + other.loadSeconds + unloadSeconds, 0) : 0;
  const groups = models.filter(({ id }) => ahead.has(id));
  const each = groups.map((group) => stay + longestAnswer + unloadSeconds + group.loadSeconds + between);
  const transit = unloadSeconds + load;
  return patience(machine.params, model) + transit + each.reduce((sum, seconds) => sum + seconds, 0);
}
