import type { Job } from "./load/job.ts";

type JobOf<K extends Job["kind"]> = Extract<Job, { kind: K }>;

/** How long and how often things are measured. */
export interface Plan {
  /** Every round measures everything at every target once. */
  rounds: number;
  /** Before the first round, again and again until so many requests are answered: no round meets a cold compiler. */
  warm: JobOf<"closed"> & { requests: number; atMost: number };
  throughput: JobOf<"closed">;
  latency: JobOf<"open">;
  /** An engine's usual pace: 200 answers at 25 tokens a second each. */
  paced: JobOf<"streams">;
  saturated: JobOf<"streams">;
  large: JobOf<"sequence">;
  held: Omit<JobOf<"held">, "model">;
}

const chat = { kind: "closed", connections: 64, bodyBytes: 2048 } as const;
const open = { kind: "open", rate: 500 } as const;
const streams = { kind: "streams", streams: 200 } as const;
const large = { kind: "sequence", bodyBytes: 1024 * 1024 } as const;

/** Within four minutes with all targets. */
export const fullPlan: Plan = {
  rounds: 5,
  warm: { ...chat, warmMs: 0, windowMs: 1000, requests: 15_000, atMost: 12 },
  throughput: { ...chat, warmMs: 400, windowMs: 2000 },
  latency: { ...open, warmMs: 300, windowMs: 2000 },
  paced: { ...streams, everyMs: 40, warmMs: 500, windowMs: 2500 },
  saturated: { ...streams, everyMs: 0, warmMs: 600, windowMs: 1500 },
  large: { ...large, warm: 5, count: 50 },
  held: { kind: "held", requests: 1000, windowMs: 3000 },
};

/** Within 45 seconds; good for seeing what a change does, not for quoting. */
export const quickPlan: Plan = {
  rounds: 2,
  warm: { ...chat, warmMs: 0, windowMs: 500, requests: 8000, atMost: 5 },
  throughput: { ...chat, warmMs: 200, windowMs: 600 },
  latency: { ...open, warmMs: 150, windowMs: 600 },
  paced: { ...streams, everyMs: 40, warmMs: 300, windowMs: 800 },
  saturated: { ...streams, everyMs: 0, warmMs: 300, windowMs: 500 },
  large: { ...large, warm: 3, count: 15 },
  held: { kind: "held", requests: 1000, windowMs: 500 },
};
