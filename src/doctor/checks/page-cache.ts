import { isUnified } from "../../domain/gpu.ts";
import { type Check, pass, skip, warn } from "../check.ts";

/** vLLM counts the page cache of a shared pool as free from this release on. */
const awareRelease = [0, 17] as const;

export const pageCache: Check = {
  name: "page-cache",
  async look({ memory, gpus, chosen, tracks }) {
    const facts = await memory();
    const reading = await gpus();
    if (facts === null || reading.kind !== "gpus" || !reading.gpus.some((gpu) => isUnified(gpu, facts.totalGiB))) {
      return skip("The page cache gets in the way of engines only where CPU and GPU share their memory.");
    }
    const { freeGiB, availableGiB } = facts;
    const figures = `${freeGiB.toFixed(1)} GiB unused, ${Math.max(0, availableGiB - freeGiB).toFixed(1)} GiB more in the page cache`;
    const blocked = chosen.filter(({ runtime, memoryGiB }) => {
      const track = runtime.kind === "container" ? tracks.find(({ image }) => image === runtime.image) : undefined;
      const unaware = track?.engine === "vllm" && isOlder(track.version);
      return unaware && memoryGiB > freeGiB && memoryGiB <= availableGiB;
    });
    if (blocked.length === 0) return pass(`${figures}.`);
    const names = blocked.map(({ id }) => id).join(", ");
    const says = `${figures}: the images of ${names} take the cache for used memory and would refuse to start.`;
    return warn(says, "sync && echo 3 | sudo tee /proc/sys/vm/drop_caches");
  },
};

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < awareRelease[0] || (major === awareRelease[0] && minor < awareRelease[1]);
}
