import { type Check, pass, skip, warn } from "../check.ts";

/** Beginnings of kernel releases that people have had trouble with, on a GB10. */
const knownBad = [{ release: "6.17.0-1008", says: "has been seen to panic on a GB10 (it came with DGX OS 7.4.0)" }];

export const kernel: Check = {
  name: "kernel",
  async look({ host, gpus }) {
    const release = (await host.readFile("/proc/sys/kernel/osrelease"))?.trim();
    if (release === undefined) return skip("This system does not tell its kernel's release.");
    const reading = await gpus();
    const gb10 = reading.kind === "gpus" && reading.gpus.some(({ name }) => name.includes("GB10"));
    const bad = gb10 ? knownBad.find((one) => release.startsWith(one.release)) : undefined;
    if (bad === undefined) return pass(`Linux ${release}.`);
    return warn(`Linux ${release} ${bad.says}.`, "sudo apt-get update && sudo apt-get full-upgrade && sudo reboot");
  },
};
