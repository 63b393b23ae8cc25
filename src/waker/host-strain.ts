import { readFileSync } from "node:fs";
import type { HostStrain } from "../domain/memory.ts";
import { parsePressure } from "../domain/pressure.ts";
import { readHostMemory } from "./host-memory.ts";

export interface StrainFiles {
  meminfo: string;
  /** Of the whole host, or of a cgroup. */
  pressure: string;
}

export const strainFiles: StrainFiles = { meminfo: "/proc/meminfo", pressure: "/proc/pressure/memory" };

/** How near the host is to hanging for want of memory (a few microseconds). */
export function readHostStrain({ meminfo, pressure }: StrainFiles = strainFiles): HostStrain {
  const { availableGiB } = readHostMemory(meminfo);
  return { availableGiB, stalledPercent: readPressure(pressure) };
}

/** Kernels without PSI have no such file, and some refuse to read it. */
function readPressure(file: string): number | null {
  try {
    return parsePressure(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
