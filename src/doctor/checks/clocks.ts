import { setTimeout as pause } from "node:timers/promises";
import { type Gpu, gpuQuery, parseGpus } from "../../domain/gpu.ts";
import { type Check, pass, skip, warn } from "../check.ts";

/** A power supply that was not recognized holds a busy GPU at 500 to 850 MHz; healthy it runs above 2000. */
const throttledMHz = 1000;
const busyPercent = 80;
const secondLookMilliseconds = 400;

export const clocks: Check = {
  name: "clocks",
  async look({ gpus, host }) {
    const reading = await gpus();
    if (reading.kind !== "gpus") return skip("No GPU answers, so its clock is not looked at.");
    const [gpu] = reading.gpus;
    if (gpu!.clockMHz === null || gpu!.utilizationPercent === null) {
      return skip("The driver does not tell the GPU's clock and load.");
    }
    if (!throttled(gpu!)) return pass(healthy(gpu!));
    // One look may fall on the moment in which a clock rises.
    await pause(secondLookMilliseconds);
    const [again] = parseGpus((await host.run(gpuQuery)).out);
    if (again === undefined || !throttled(again)) return pass(healthy(again ?? gpu!));
    const { clockMHz, utilizationPercent, powerWatts } = again;
    const power = powerWatts === null ? "" : ` and draws ${powerWatts.toFixed(0)} W`;
    const says =
      `The GPU is throttled: ${utilizationPercent} % busy it runs at ${clockMHz} MHz${power}. Its power supply was not ` +
      "recognized: unplug it from the wall for a minute, and use the one that came with the machine.";
    return warn(says, "nvidia-smi --query-gpu=clocks.sm,utilization.gpu,power.draw --format=csv --loop=5");
  },
};

function throttled({ clockMHz, utilizationPercent }: Gpu): boolean {
  return clockMHz! < throttledMHz && utilizationPercent! > busyPercent;
}

function healthy({ clockMHz, utilizationPercent }: Gpu): string {
  const figures = `${clockMHz} MHz at ${utilizationPercent} % load`;
  if (utilizationPercent! > busyPercent) return `${figures}.`;
  return `${figures}. A throttled GPU shows under load only: look again while a model answers.`;
}
