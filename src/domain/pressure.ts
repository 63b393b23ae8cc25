/** Pressure stall information of the kernel, as /proc/pressure/memory and a cgroup's memory.pressure have it. */

/** `full avg10`: per cent of the last ten seconds in which every task waited. Null where the text has no such figure. */
export function parsePressure(text: string): number | null {
  const found = /^full avg10=(\d+(?:\.\d+)?)\b/m.exec(text);
  return found === null ? null : Number(found[1]);
}
