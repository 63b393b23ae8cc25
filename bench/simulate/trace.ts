/** The traces of bench/traces: who asks for which model, when, and how much work it is. Seconds and GiB. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Lifecycle } from "../../src/domain/model-policy.ts";

export const traceNames = ["home", "office", "officeFit", "duel", "steady", "alternating"] as const;
export type TraceName = (typeof traceNames)[number];

export interface TraceModel {
  memoryGiB: number;
  loadSeconds: number;
  concurrency: number;
  lifecycle: Lifecycle;
}

export interface Machine {
  /** Memory for normal models; utility models have theirs besides. */
  budgetGiB: number;
  unloadSeconds: number;
  /** n requests together run at 1 / (1 + batchSlowdown * (n - 1)) each. */
  batchSlowdown: number;
  /** Idle stop. 0 = never. */
  keepAliveSeconds: number;
  models: Record<string, TraceModel>;
}

/** A closed loop: the next step is sent `think` seconds after the answer to the one before. */
export interface Session {
  start: number;
  client: string;
  /** model, work, prefill, think: seconds. */
  steps: [model: string, work: number, prefill: number, think: number][];
}

export interface Trace extends Machine {
  name: string;
  /** One run for each seed. */
  runs: { seed: number; sessions: Session[] }[];
}

/** Small open traces with the exact optima of the mean and of the largest wait, each of its own schedule. */
export interface Clairvoyant {
  unloadSeconds: number;
  batchSlowdown: number;
  budgetGiB: number;
  traces: {
    trace: string;
    seed: number;
    models: Record<string, TraceModel>;
    requests: [at: number, model: string, work: number][];
    optimumMeanWait: number;
    optimumMaxWait: number;
  }[];
}

function read(name: string): unknown {
  const file = new URL(`../traces/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
}

export function readTrace(name: TraceName): Trace {
  return read(name) as Trace;
}

export function readClairvoyant(): Clairvoyant {
  return read("clairvoyant") as Clairvoyant;
}
