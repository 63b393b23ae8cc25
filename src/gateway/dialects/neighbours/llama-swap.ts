/** What runs, as `GET /running` of llama-swap has it: scripts and dashboards that were written for it ask there. */
import type { Phase } from "../../../domain/scheduler/types.ts";
import type { ListedModel } from "../../models/listed-models.ts";

const states: Partial<Record<Phase, string>> = {
  starting: "starting",
  ready: "ready",
  draining: "stopping",
  stopping: "stopping",
};

/** Models alone: a name for one would be it once more. */
export function runningModels(models: ListedModel[]): { running: { model: string; state: string }[] } {
  const running = models.flatMap(({ id, state, standsFor }) => {
    const said = states[state];
    return standsFor !== null || said === undefined ? [] : [{ model: id, state: said }];
  });
  return { running };
}
