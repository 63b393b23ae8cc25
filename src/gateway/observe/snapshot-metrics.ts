/** Gauges of what is at one moment. */
import { Gauge, type Registry } from "prom-client";
import type { Phase } from "../../domain/scheduler/types.ts";
import { bytesPerGiB } from "../../domain/size.ts";
import type { ModelView, NodeView, Snapshot } from "../../link/link.ts";

const phases: Phase[] = ["absent", "starting", "ready", "draining", "stopping", "failed"];

type MakeGauge = <Label extends string>(name: string, help: string, labelNames: Label[]) => Gauge<Label>;

/** Returns what brings them up to date. */
export function snapshotMetrics(registers: Registry[]): (snapshot: Snapshot) => void {
  const gauge: MakeGauge = (name, help, labelNames) => new Gauge({ name, help, labelNames, registers });
  const showModel = modelGauges(gauge);
  const showNode = nodeGauges(gauge);
  const depth = gauge("hearth_queue_depth", "Requests that wait, all models together.", []);
  const age = gauge("hearth_scheduler_heartbeat_age_seconds", "Since the scheduler's loop last completed.", []);
  return ({ models, queueDepth, nodes, at, heartbeatAt }) => {
    showModel(models, at);
    showNode(nodes);
    depth.set(queueDepth);
    age.set(Math.max(0, at - heartbeatAt));
  };
}

function modelGauges(gauge: MakeGauge): (models: ModelView[], at: number) => void {
  const state = gauge("hearth_engine_state", "1 for the state that the model's engine is in.", ["model", "state"]);
  const running = gauge("hearth_requests_running", "Requests that an engine works on.", ["model"]);
  const waiting = gauge("hearth_requests_waiting", "Requests that wait for an engine.", ["model"]);
  const resident = gauge("hearth_engine_resident_bytes", "Host memory that the engine holds.", ["model"]);
  const memory = gauge(
    "hearth_model_memory_bytes",
    "Memory of a model by `kind`: `reserved` (while it runs, in the ledger), `rest` and `start_peak` (as seen on this machine).",
    ["model", "kind"],
  );
  const uptime = gauge("hearth_engine_uptime_seconds", "Since the engine is ready.", ["model"]);
  const retry = gauge("hearth_engine_retry_seconds", "Until a model that failed is tried again.", ["model"]);
  const toReady = gauge("hearth_model_ready_seconds", "Estimate: how soon the model would be ready if asked for now.", [
    "model",
  ]);
  const all = [state, running, waiting, resident, memory, uptime, retry, toReady];
  return (models, at) => {
    for (const one of all) one.reset();
    for (const view of models) {
      const { id: model, memoryUse } = view;
      for (const phase of phases) state.set({ model, state: phase }, view.state === phase ? 1 : 0);
      running.set({ model }, view.running);
      waiting.set({ model }, view.waiting);
      toReady.set({ model }, view.secondsToReady);
      if (view.process?.rssGiB != null) resident.set({ model }, view.process.rssGiB * bytesPerGiB);
      memory.set({ model, kind: "reserved" }, view.memoryGiB * bytesPerGiB);
      if (memoryUse !== null) {
        memory.set({ model, kind: "rest" }, memoryUse.restGiB * bytesPerGiB);
        memory.set({ model, kind: "start_peak" }, memoryUse.startPeakGiB * bytesPerGiB);
      }
      if (view.readyAt !== null) uptime.set({ model }, Math.max(0, at - view.readyAt));
      if (view.failure?.until != null) retry.set({ model }, Math.max(0, view.failure.until - at));
    }
  };
}

function nodeGauges(gauge: MakeGauge): (nodes: NodeView[]) => void {
  const memory = gauge(
    "hearth_memory_bytes",
    "Memory by `kind`: `total`, `available` (now), `budget` (for engines), `committed` (given to them), `floor` (stays free).",
    ["kind", "node"],
  );
  const up = gauge("hearth_node_up", "1 while the node is in reach.", ["node"]);
  return (nodes) => {
    memory.reset();
    up.reset();
    for (const { id, state, memory: ledger } of nodes) {
      // Where there is one node, nobody needs to read of it.
      const labels = nodes.length > 1 ? { node: id } : {};
      for (const [name, gib] of Object.entries(ledger)) {
        memory.set({ kind: name.replace(/GiB$/, ""), ...labels }, gib * bytesPerGiB);
      }
      up.set(labels, state === "up" ? 1 : 0);
    }
  };
}
