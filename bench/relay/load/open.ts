import { chatBody, requestBytes } from "../bodies.ts";
import { Connection } from "./connection.ts";
import type { Job, JobResult, Target } from "./job.ts";
import { elapse, measure } from "./window.ts";

type Open = Extract<Job, { kind: "open" }>;

/** Connections that are open before the first request is due. */
const spare = 16;
/** How long an answer may take before the job fails. */
const graceMs = 5000;

/**
 * Latency at a fixed rate. A request is sent when it is due, on another connection if need be, and its latency counts
 * from then: a slow answer delays none of those behind it and hides none of them (no coordinated omission). The
 * process polls its clock without sleeping, because a timer is late by more than what is measured.
 */
export async function openLoop(job: Open, target: Target, failed: (error: Error) => void): Promise<JobResult> {
  const request = requestBytes(chatBody(2048), target.key);
  const latencies: number[] = [];
  const idle: Connection[] = [];
  const all: Connection[] = [];
  let counts = false;
  let out = 0;
  const answered = (connection: Connection) => {
    out -= 1;
    if (counts && connection.dueAt > 0) latencies.push(performance.now() - connection.dueAt);
    idle.push(connection);
  };
  const open = () => {
    const connection = new Connection(target.port, answered, failed);
    all.push(connection);
    return connection;
  };
  const send = (dueAt: number) => {
    const connection = idle.pop() ?? open();
    connection.dueAt = counts ? dueAt : 0;
    out += 1;
    connection.send(request);
  };

  for (let i = 0; i < spare; i += 1) idle.push(open());
  const stop = pace(1000 / job.rate, send);
  await elapse(job.warmMs);
  counts = true;
  const window = await measure(target, { warmMs: 0, windowMs: job.windowMs }, () => latencies.length);
  stop();
  for (const end = performance.now() + graceMs; out > 0 && performance.now() < end; ) await elapse(5);
  if (out > 0) failed(new Error(`${out} requests had no answer after ${graceMs} ms`));
  for (const connection of all) connection.close();
  return { ...window, latencies, residentMB: 0 };
}

/** Calls `send` with each due time as soon as it has come. */
function pace(everyMs: number, send: (dueAt: number) => void): () => void {
  let next = performance.now() + everyMs;
  let going = true;
  const poll = () => {
    for (const now = performance.now(); next <= now; next += everyMs) send(next);
    if (going) setImmediate(poll);
  };
  poll();
  return () => {
    going = false;
  };
}
