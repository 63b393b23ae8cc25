import { isUnified } from "../../domain/gpu.ts";
import { memoryLimits } from "../../domain/memory.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { type Check, fail, pass, skip, warn } from "../check.ts";

export const memory: Check = {
  name: "memory",
  async look({ memory: ask, gpus, config, chosen }) {
    const host = await ask();
    if (host === null) return skip("This system does not tell its memory in /proc/meminfo.");
    const reading = await gpus();
    const gpu = reading.kind === "gpus" ? reading.gpus[0]! : null;
    const unified = gpu !== null && isUnified(gpu, host.totalGiB);
    const shared = unified ? ", shared by CPU and GPU" : "";
    const figures = `${gib(host.totalGiB)}${shared}, ${gib(host.availableGiB)} of them available`;
    const wanted = "memory" in config ? config.memory : ({ budgetGiB: "auto", floorGiB: "auto" } as const);
    const { budgetGiB, floorGiB } = memoryLimits(wanted, host.totalGiB);
    // A GPU with memory of its own has its own account.
    const counted = chosen.filter(({ runtime }) => unified || gpu === null || runtime.kind !== "docker");
    const tooLarge = counted.filter(({ memoryGiB }) => memoryGiB > budgetGiB);
    if (tooLarge.length > 0) {
      const says = `${figures}; models may have ${gib(budgetGiB)}: too little for ${names(tooLarge)}.`;
      return fail(says, "hearth models choose");
    }
    const largest = Math.max(0, ...counted.map(({ memoryGiB }) => memoryGiB));
    if (host.availableGiB - largest < floorGiB) {
      const says = `${figures}: the largest chosen model would not start now. It takes ${gib(largest)}, and ${gib(floorGiB)} stay free.`;
      return warn(says, "ps axo rss,pid,comm --sort=-rss | head");
    }
    return pass(`${figures}; models may have ${gib(budgetGiB)}.`);
  },
};

function names(models: ModelSpec[]): string {
  return models.map(({ id, memoryGiB }) => `${id} (${gib(memoryGiB)})`).join(", ");
}

function gib(value: number): string {
  return `${value.toFixed(1)} GiB`;
}
