import type { Gpu } from "../../domain/gpu.ts";
import { type Check, type Finding, pass, skip, warn } from "../check.ts";

/** CUDA 13, on which the catalog's images stand, wants this one at least. */
const oldestMajor = 580;

/** Versions that people have had trouble with, on a GB10. */
const knownBad: { matches: (gpu: Gpu) => boolean; says: string }[] = [
  {
    matches: ({ name, driverVersion }) => isGb10(name) && majorOf(driverVersion) === 590,
    says: "has been seen to hang in CUDA graphs on a GB10; 580 does not",
  },
];

export const driver: Check = {
  name: "nvidia-driver",
  async look({ gpus }) {
    const reading = await gpus();
    if (reading.kind !== "gpus") return skip("No GPU answers, so its driver is not looked at.");
    const [first] = reading.gpus;
    return judge(first!);
  },
};

function judge(gpu: Gpu): Finding {
  const { driverVersion } = gpu;
  const bad = knownBad.find(({ matches }) => matches(gpu));
  if (bad !== undefined) return warn(`Driver ${driverVersion} ${bad.says}.`, install);
  if (majorOf(driverVersion) < oldestMajor) {
    return warn(`Driver ${driverVersion} is too old for CUDA 13 images, which want ${oldestMajor} or newer.`, install);
  }
  return pass(`Driver ${driverVersion}.`);
}

const install = `sudo apt-get install -y nvidia-driver-${oldestMajor}-open && sudo reboot`;

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function isGb10(name: string): boolean {
  return name.includes("GB10");
}
