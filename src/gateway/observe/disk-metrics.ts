/** The disk that the state directory is on: weights and database share it. */
import { statfs } from "node:fs/promises";
import { Gauge, type Registry } from "prom-client";

/** Registers the figures; each scrape asks for them, and goes without them where the disk does not say. */
export function diskMetrics(registers: Registry[], home: string): void {
  const gauge = new Gauge({
    name: "hearth_disk_bytes",
    help: "The disk of HEARTH_HOME by `kind`: `total`, and `free` for Hearth.",
    labelNames: ["kind"],
    registers,
    async collect() {
      const disk = await statfs(home).catch(() => null);
      gauge.reset();
      if (disk === null) return;
      gauge.set({ kind: "total" }, disk.blocks * disk.bsize);
      gauge.set({ kind: "free" }, disk.bavail * disk.bsize);
    },
  });
}
