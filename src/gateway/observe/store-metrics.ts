/** How the writing of what outlives a run goes, for Prometheus. */
import { Counter, Gauge, type Registry } from "prom-client";
import type { StoreHealth } from "../../domain/store-health.ts";

/** Registers the figures; each scrape asks for them. */
export function storeMetrics(registers: Registry[], health: () => StoreHealth): void {
  const counter = (name: string, help: string, count: (health: StoreHealth) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(count(health()));
      },
    });
  counter(
    "hearth_store_failed_writes_total",
    "Writes that the disk refused; they are tried again.",
    (now) => now.failedWrites,
  );
  counter(
    "hearth_store_dropped_writes_total",
    "Writes of the journal, of loads and of records that were given up, since too many waited.",
    (now) => now.droppedWrites,
  );
  new Gauge({
    name: "hearth_store_queue_depth",
    help: "Writes that wait for the disk.",
    registers,
    collect() {
      this.set(health().queued);
    },
  });
}
