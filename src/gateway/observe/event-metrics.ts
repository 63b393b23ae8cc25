/** Starts, loads, failures and switches, as the waker tells of them. */
import { Counter, Histogram, type Registry } from "prom-client";
import type { WakerEvent } from "../../link/link.ts";

const loadBuckets = [1, 2, 5, 10, 20, 40, 60, 120, 180, 300, 600, 1200];

export function countEvents(registers: Registry[]): (event: WakerEvent) => void {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const starts = counter("hearth_engine_starts_total", "Engines that were started, whether they became ready or not.", [
    "model",
  ]);
  const loads = new Histogram({
    name: "hearth_load_seconds",
    help: "Seconds from start to ready; its count is the number of loads.",
    labelNames: ["model"],
    buckets: loadBuckets,
    registers,
  });
  const failures = counter("hearth_engine_failures_total", "Engines that failed, at their start or later, by reason.", [
    "model",
    "reason",
  ]);
  const switches = new Counter({
    name: "hearth_switches_total",
    help: "Engines that had to make room for another model.",
    registers,
  });
  return ({ type, model = "", seconds, reason }) => {
    if (type === "start") starts.inc({ model });
    else if (type === "ready" && seconds !== undefined) loads.observe({ model }, seconds);
    else if (type === "failed") failures.inc({ model, reason: reason ?? "unknown" });
    else if (type === "switch") switches.inc();
  };
}
