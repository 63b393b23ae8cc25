import { readFileSync } from "node:fs";
import type { EngineMemory } from "../../driver.ts";

const kibPerGiB = 1024 ** 2;

/** Memory of some processes together; null where the system does not say. Shared pages count in each. */
export function processMemory(pids: number[]): EngineMemory | null {
  let resident = 0;
  let file = 0;
  let known = false;
  for (const pid of pids) {
    let status: string;
    try {
      status = readFileSync(`/proc/${pid}/status`, "utf8");
    } catch {
      continue;
    }
    known = true;
    resident += kib(status, "VmRSS");
    file += kib(status, "RssFile");
  }
  return known ? { residentGiB: resident / kibPerGiB, heldGiB: (resident - file) / kibPerGiB } : null;
}

/** What a GPU's driver holds for them is in none of the system's figures. */
export function withGpu(host: EngineMemory | null, gpuGiB: number): EngineMemory | null {
  return host && { residentGiB: host.residentGiB + gpuGiB, heldGiB: host.heldGiB + gpuGiB };
}

function kib(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}
