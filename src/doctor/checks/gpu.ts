import { isUnified } from "../../domain/gpu.ts";
import { type Check, fail, pass, skip } from "../check.ts";

export const gpu: Check = {
  name: "gpu",
  async look({ gpus: ask, memory: askMemory }) {
    const reading = await ask();
    if (reading.kind === "none") {
      return skip("No GPU: nvidia-smi is not here. Models of the CPU work; those of containers need an NVIDIA GPU.");
    }
    if (reading.kind === "broken") {
      return fail(`nvidia-smi finds no GPU that works: ${reading.says}.`, "sudo dmesg | grep -i nvrm | tail -20");
    }
    const hostGiB = (await askMemory())?.totalGiB ?? Number.POSITIVE_INFINITY;
    const described = reading.gpus.map((one) => {
      const memory = isUnified(one, hostGiB)
        ? "shares the host's memory"
        : `${one.totalGiB!.toFixed(1)} GiB of its own`;
      return `${one.name} (${memory})`;
    });
    const others = described.length > 1 ? " Engines use the first one." : "";
    return pass(`${described.join(", ")}.${others}`);
  },
};
