/** What Prometheus can read. Events are counted as they happen; the rest is taken from a snapshot at each scrape. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Phase } from "../../domain/scheduler/types.ts";
import { bytesPerGiB } from "../../domain/size.ts";
import type { StoreHealth } from "../../domain/store-health.ts";
import type { Link, Snapshot, WakerEvent } from "../../link/link.ts";
import { Distribution } from "./distribution.ts";
import type { RecordListener } from "./records.ts";
import { storeMetrics } from "./store-metrics.ts";

export interface Metrics {
  /** A relayed request is over. */
  finished: RecordListener;
  contentType: string;
  text(): Promise<string>;
  /** Every metric there is, for the reference. */
  described(): MetricDescription[];
  /** Stops listening to the waker. */
  close(): void;
}

export interface MetricDescription {
  name: string;
  kind: string;
  labels: string[];
  help: string;
}

const phases: Phase[] = ["absent", "starting", "ready", "draining", "stopping", "failed"];
const answerBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
const loadBuckets = [1, 2, 5, 10, 20, 40, 60, 120, 180, 300, 600, 1200];

export function createMetrics(link: Pick<Link, "snapshot" | "subscribe">, storeHealth: () => StoreHealth): Metrics {
  const register = new Registry();
  const registers = [register];
  const requests = new Counter({
    name: "hearth_requests_total",
    help: "Relayed requests by model and status; 499 is a client that went away.",
    labelNames: ["model", "status"],
    registers,
  });
  const corrections = new Counter({
    name: "hearth_fixups_total",
    help: "Requests that a fixup changed, or whose answer it did, by model and fixup.",
    labelNames: ["model", "fixup"],
    registers,
  });
  const waits = new Distribution("hearth_wait_seconds", "From a request's acceptance to its engine.", [
    0,
    ...answerBuckets,
  ]);
  const firstBytes = new Distribution(
    "hearth_time_to_first_byte_seconds",
    "From a request's acceptance to the engine's first byte.",
    answerBuckets,
  );
  const unsubscribe = link.subscribe(countEvents(registers));
  const update = snapshotGauges(registers);
  storeMetrics(registers, storeHealth);
  return {
    finished({ modelServed, status, waitMs, firstByteMs, fixups }) {
      const model = modelServed ?? "";
      requests.inc({ model, status });
      for (const fixup of fixups) corrections.inc({ model, fixup });
      if (waitMs !== null) waits.observe(model, waitMs / 1000);
      if (firstByteMs !== null) firstBytes.observe(model, firstByteMs / 1000);
    },
    contentType: register.contentType,
    async text() {
      update(link.snapshot());
      return (await register.metrics()) + waits.text() + firstBytes.text();
    },
    described: () => [...register.getMetricsAsArray(), waits, firstBytes].map(description),
    close: unsubscribe,
  };
}

/** The client library keeps the names of labels, and does not say so in its types. */
function description(metric: { name: string; help: string; type: unknown; labelNames?: unknown }): MetricDescription {
  const { name, help, type, labelNames } = metric;
  return { name, help, kind: String(type), labels: Array.isArray(labelNames) ? labelNames.map(String) : [] };
}

/** Loads, failures and switches, as the waker tells of them. */
function countEvents(registers: Registry[]): (event: WakerEvent) => void {
  const loads = new Histogram({
    name: "hearth_load_seconds",
    help: "Seconds from start to ready; its count is the number of loads.",
    labelNames: ["model"],
    buckets: loadBuckets,
    registers,
  });
  const failures = new Counter({
    name: "hearth_engine_failures_total",
    help: "Engines that failed, at their start or later, by reason.",
    labelNames: ["model", "reason"],
    registers,
  });
  const switches = new Counter({
    name: "hearth_switches_total",
    help: "Engines that had to make room for another model.",
    registers,
  });
  return ({ type, model = "", seconds, reason }) => {
    if (type === "ready" && seconds !== undefined) loads.observe({ model }, seconds);
    else if (type === "failed") failures.inc({ model, reason: reason ?? "unknown" });
    else if (type === "switch") switches.inc();
  };
}

/** Gauges of what is; returns what brings them up to date. */
function snapshotGauges(registers: Registry[]): (snapshot: Snapshot) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge<Label>({ name, help, labelNames, registers });
  const state = gauge("hearth_engine_state", "1 for the state that the model's engine is in.", ["model", "state"]);
  const running = gauge("hearth_requests_running", "Requests that an engine works on.", ["model"]);
  const waiting = gauge("hearth_requests_waiting", "Requests that wait for an engine.", ["model"]);
  const resident = gauge("hearth_engine_resident_bytes", "Host memory that the engine holds.", ["model"]);
  const depth = gauge("hearth_queue_depth", "Requests that wait, all models together.", []);
  const memory = gauge("hearth_memory_bytes", "The machine's memory, and Hearth's ledger of it.", ["kind", "node"]);
  const age = gauge("hearth_scheduler_heartbeat_age_seconds", "Since the scheduler's loop last completed.", []);
  return ({ models, queueDepth, nodes, at, heartbeatAt }) => {
    for (const one of [state, running, waiting, resident, memory]) one.reset();
    for (const model of models) {
      const { id } = model;
      for (const phase of phases) state.set({ model: id, state: phase }, model.state === phase ? 1 : 0);
      running.set({ model: id }, model.running);
      waiting.set({ model: id }, model.waiting);
      if (model.process?.rssGiB != null) resident.set({ model: id }, model.process.rssGiB * bytesPerGiB);
    }
    depth.set(queueDepth);
    age.set(Math.max(0, at - heartbeatAt));
    for (const { id, memory: ledger } of nodes) {
      // Where there is one node, nobody needs to read of it.
      const labels = nodes.length > 1 ? { node: id } : {};
      for (const [name, gib] of Object.entries(ledger)) {
        memory.set({ kind: name.replace(/GiB$/, ""), ...labels }, gib * bytesPerGiB);
      }
    }
  };
}
