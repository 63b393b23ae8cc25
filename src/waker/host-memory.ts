import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import type { HostMemory } from "../domain/memory.ts";

const bytesPerGiB = 1024 ** 3;

/** Reads what the kernel says now (a few microseconds). Where there is no /proc, Node's own figures. */
export function readHostMemory(file = "/proc/meminfo"): HostMemory {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { totalGiB: totalmem() / bytesPerGiB, availableGiB: freemem() / bytesPerGiB };
  }
  const total = kibibytes(text, "MemTotal");
  // Kernels before 3.14 and some containers have no MemAvailable; MemFree is its lower bound.
  const available = kibibytes(text, "MemAvailable") ?? kibibytes(text, "MemFree");
  if (total === null || available === null) throw new Error(`${file} names no MemTotal or no MemFree`);
  return { totalGiB: (total * 1024) / bytesPerGiB, availableGiB: (available * 1024) / bytesPerGiB };
}

function kibibytes(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text);
  return found === null ? null : Number(found[1]);
}
