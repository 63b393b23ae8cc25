import { once } from "node:events";
import { chatBody, requestBytes } from "../bodies.ts";
import { cpuSeconds } from "../processes.ts";
import { Connection } from "./connection.ts";
import type { Job, JobResult, Target } from "./job.ts";

type Sequence = Extract<Job, { kind: "sequence" }>;

/** Latency of one request at a time, from its first byte sent to the last of its answer. */
export async function sequence(job: Sequence, target: Target, failed: (error: Error) => void): Promise<JobResult> {
  const request = requestBytes(chatBody(job.bodyBytes), target.key);
  const answers = new EventTarget();
  const connection = new Connection(target.port, () => answers.dispatchEvent(new Event("answer")), failed);
  const latencies: number[] = [];
  let cpuBefore = 0;
  const startedAt = performance.now();
  for (let i = -job.warm; i < job.count; i += 1) {
    if (i === 0) cpuBefore = cpuSeconds(target.pids);
    const sentAt = performance.now();
    connection.send(request);
    await once(answers, "answer");
    if (i >= 0) latencies.push(performance.now() - sentAt);
  }
  const windowMs = performance.now() - startedAt;
  connection.close();
  return { count: job.count, windowMs, cpuSeconds: cpuSeconds(target.pids) - cpuBefore, latencies, residentMB: 0 };
}
