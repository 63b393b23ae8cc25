import { isUnified } from "../../domain/gpu.ts";
import { gib } from "../../domain/size.ts";
import { type Check, pass, skip, warn } from "../check.ts";

/** A start can need this much more for a minute than the model does in the end. */
const usefulGiB = 16;
const crowdedFraction = 0.5;
/** Above it the kernel swaps programs out to keep files cached: weights, here. */
const highestSwappiness = 10;

export const swap: Check = {
  name: "swap",
  async look({ memory, gpus, host }) {
    const facts = await memory();
    if (facts === null) return skip("This system does not tell its swap in /proc/meminfo.");
    const reading = await gpus();
    const unified = reading.kind === "gpus" && reading.gpus.some((gpu) => isUnified(gpu, facts.totalGiB));
    const { swapTotalGiB: total, swapFreeGiB: free } = facts;
    const used = total - free;
    if (total > 0 && used > total * crowdedFraction) {
      return warn(`${gib(used)} of ${gib(total)} swap are used: models will be slow.`, "hearth ps");
    }
    if (!unified) return pass(total === 0 ? "No swap." : `${gib(total)} swap, ${gib(used)} used.`);
    if (total < usefulGiB) {
      const says =
        `${total === 0 ? "No swap" : `Only ${gib(total)} swap`}. While a big model starts it needs more than later, and ` +
        "without a reserve the whole machine freezes.";
      return warn(says, makeSwap);
    }
    const swappiness = Number((await host.readFile("/proc/sys/vm/swappiness")) ?? Number.NaN);
    if (swappiness > highestSwappiness) {
      const says = `${gib(total)} swap, but vm.swappiness is ${swappiness}: programs are swapped out to cache weights.`;
      return warn(says, lowerSwappiness);
    }
    return pass(`${gib(total)} swap, ${gib(used)} used.`);
  },
};

const makeSwap =
  "sudo fallocate -l 64G /swap.hearth && sudo chmod 600 /swap.hearth && sudo mkswap /swap.hearth && " +
  "sudo swapon /swap.hearth && echo '/swap.hearth none swap sw 0 0' | sudo tee -a /etc/fstab";
const lowerSwappiness = `echo vm.swappiness=${highestSwappiness} | sudo tee /etc/sysctl.d/90-hearth.conf && sudo sysctl --system`;
