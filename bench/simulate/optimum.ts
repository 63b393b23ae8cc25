/** How far policies are from the exact clairvoyant optimum of the mean wait, on small traces. */
import type { PolicyMaker } from "./policy.ts";
import type { Clairvoyant, Machine, Session } from "./trace.ts";
import { simulate } from "./world.ts";

/** Mean wait of the policy over the optimum, for each kind of trace; its seeds are pooled. */
export function optimumRatios(data: Clairvoyant, makePolicy: PolicyMaker): Record<string, number> {
  const sums: Record<string, { policy: number; optimum: number }> = {};
  for (const { trace, models, requests, optimumMeanWait } of data.traces) {
    const { budgetGiB, unloadSeconds, batchSlowdown } = data;
    const machine: Machine = { budgetGiB, unloadSeconds, batchSlowdown, keepAliveSeconds: 1e9, models };
    const sessions = requests.map(([start, model, work]): Session => {
      return { start, client: model, steps: [[model, work, 0, 0]] };
    });
    const { waits } = simulate(machine, sessions, makePolicy);
    const { policy, optimum } = sums[trace] ?? { policy: 0, optimum: 0 };
    const mean = waits.reduce((total, wait) => total + wait, 0) / waits.length;
    sums[trace] = { policy: policy + mean, optimum: optimum + optimumMeanWait };
  }
  return Object.fromEntries(Object.entries(sums).map(([trace, sum]) => [trace, sum.policy / sum.optimum]));
}
