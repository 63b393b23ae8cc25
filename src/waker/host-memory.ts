import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { parseMeminfo } from "../domain/meminfo.ts";
import type { HostMemory } from "../domain/memory.ts";
import { bytesPerGiB } from "../domain/size.ts";

/** Reads what the kernel says now (a few microseconds). Where there is no /proc, Node's own figures. */
export function readHostMemory(file = "/proc/meminfo"): HostMemory {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { totalGiB: totalmem() / bytesPerGiB, availableGiB: freemem() / bytesPerGiB };
  }
  const memory = parseMeminfo(text);
  if (memory === null) throw new Error(`${file} names no MemTotal or no MemFree`);
  return { totalGiB: memory.totalGiB, availableGiB: memory.availableGiB };
}
