/** What the load generator is asked to do, and what it tells of it. All times in milliseconds. */

export interface Target {
  port: number;
  key: string;
  /** Processes whose processor time is counted during the window. */
  pids: number[];
}

export type Job =
  /** As many requests as possible over `connections`, each sending the next when it has its answer. */
  | { kind: "closed"; connections: number; bodyBytes: number; warmMs: number; windowMs: number }
  /** `rate` requests a second, whether or not earlier ones are answered. */
  | { kind: "open"; rate: number; warmMs: number; windowMs: number }
  /** Parallel endless event streams. */
  | { kind: "streams"; streams: number; everyMs: number; warmMs: number; windowMs: number }
  /** One after the other on one connection. */
  | { kind: "sequence"; bodyBytes: number; warm: number; count: number }
  /** Requests for a model that never becomes ready; resident memory of the first process while all are held. */
  | { kind: "held"; requests: number; model: string; windowMs: number };

export interface JobResult {
  /** Requests answered, events received, or requests held, within the window. */
  count: number;
  windowMs: number;
  cpuSeconds: number;
  /** Of each request, where the job measures it. */
  latencies: number[];
  residentMB: number;
}

export type Order = { job: Job; target: Target };
export type Reply = { result: JobResult } | { error: string };
