import { type Gpu, isUnified } from "../../domain/gpu.ts";
import type { Meminfo } from "../../domain/meminfo.ts";
import {
  type HostMemory,
  type PoolLimits,
  poolLimits,
  startRefusal,
  usesGpu,
  wantedMemory,
} from "../../domain/memory.ts";
import type { ModelSpec } from "../../domain/model.ts";
import { gib } from "../../domain/size.ts";
import { type Check, fail, pass, skip, warn } from "../check.ts";

export const memory: Check = {
  name: "memory",
  async look({ memory: ask, gpus, config, chosen }) {
    const host = await ask();
    if (host === null) return skip("This system does not tell its memory in /proc/meminfo.");
    const reading = await gpus();
    const gpu = reading.kind === "gpus" ? reading.gpus[0]! : null;
    const pools = poolsOf(host, gpu);
    const wanted = wantedMemory("memory" in config ? config.memory : { budget: "auto", floor: "auto" });
    const limits = poolLimits(wanted, pools);
    const figures = inWords(pools, limits, gpu !== null && pools.card === undefined);
    const tooLarge = chosen.filter((spec) => spec.memoryGiB > budgetFor(spec, limits));
    if (tooLarge.length > 0) return fail(`${figures}: too little for ${names(tooLarge)}.`, "hearth models choose");
    for (const spec of chosen) {
      const refusal = startRefusal(spec, pools, limits);
      if (refusal === null) continue;
      const mend = pools.card !== undefined && usesGpu(spec) ? "nvidia-smi" : "ps axo rss,pid,comm --sort=-rss | head";
      return warn(`It would not start now: ${refusal}`, mend);
    }
    return pass(`${figures}.`);
  },
};

function poolsOf({ totalGiB, availableGiB }: Meminfo, gpu: Gpu | null): HostMemory {
  const host = { totalGiB, availableGiB };
  if (gpu === null || isUnified(gpu, totalGiB)) return host;
  return { ...host, card: { totalGiB: gpu.totalGiB!, availableGiB: gpu.freeGiB ?? 0 } };
}

function budgetFor(spec: ModelSpec, { host, card }: PoolLimits): number {
  return (usesGpu(spec) ? (card ?? host) : host).budgetGiB;
}

function inWords(host: HostMemory, limits: PoolLimits, shared: boolean): string {
  const told = `${gib(host.totalGiB)}${shared ? ", shared by CPU and GPU" : ""}, ${gib(host.availableGiB)} of them available`;
  if (host.card === undefined || limits.card === null) return `${told}; models may have ${gib(limits.host.budgetGiB)}`;
  const card = `${gib(host.card.totalGiB)} on the GPU, ${gib(host.card.availableGiB)} of them free`;
  return `${told}; ${card}; models may have ${gib(limits.host.budgetGiB)} and ${gib(limits.card.budgetGiB)}`;
}

function names(models: ModelSpec[]): string {
  return models.map(({ id, memoryGiB }) => `${id} (${gib(memoryGiB)})`).join(", ");
}
