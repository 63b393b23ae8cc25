import { connect } from "node:net";
import { requestBytes, streamBody } from "../bodies.ts";
import { residentMB } from "../processes.ts";
import type { Job, JobResult, Target } from "./job.ts";
import { elapse } from "./window.ts";

type Held = Extract<Job, { kind: "held" }>;

/** How long it may take until every request has been told that it waits. */
const patienceMs = 30_000;

/** Streaming requests that wait for their model, and what it costs the target to keep them. */
export async function held(job: Held, target: Target, failed: (error: Error) => void): Promise<JobResult> {
  const request = requestBytes(streamBody(0, job.model), target.key);
  let waiting = 0;
  const sockets = Array.from({ length: job.requests }, () => {
    const socket = connect({ port: target.port, host: "127.0.0.1" });
    socket.write(request);
    socket.once("data", (chunk: Buffer) => {
      waiting += 1;
      if (!chunk.toString("latin1", 0, 12).startsWith("HTTP/1.1 200"))
        failed(new Error(chunk.toString("latin1", 0, 600)));
    });
    socket.on("error", failed);
    return socket;
  });
  const startedAt = performance.now();
  while (waiting < job.requests && performance.now() - startedAt < patienceMs) await elapse(50);
  if (waiting < job.requests) failed(new Error(`only ${waiting} of ${job.requests} requests were held`));
  let most = 0;
  for (const end = performance.now() + job.windowMs; performance.now() < end; await elapse(100)) {
    most = Math.max(most, residentMB(target.pids[0]!));
  }
  for (const socket of sockets) {
    socket.removeAllListeners();
    socket.on("error", () => {});
    socket.destroy();
  }
  return { count: waiting, windowMs: job.windowMs, cpuSeconds: 0, latencies: [], residentMB: most };
}
