import { connect, type Socket } from "node:net";
import { requestBytes, streamBody } from "../bodies.ts";
import { eventMark } from "../stub/answers.ts";
import type { Job, JobResult, Target } from "./job.ts";
import { elapse, measure } from "./window.ts";

type StreamsJob = Extract<Job, { kind: "streams" }>;

/** How long it may take until every stream has begun. */
const patienceMs = 10_000;
const mark = eventMark.charCodeAt(0);

/** Parallel event streams: counts events, however they are cut into packets. */
export async function streams(job: StreamsJob, target: Target, failed: (error: Error) => void): Promise<JobResult> {
  const request = requestBytes(streamBody(job.everyMs), target.key);
  let events = 0;
  const begun = new Set<Socket>();
  const sockets = Array.from({ length: job.streams }, () => {
    const socket = connect({ port: target.port, host: "127.0.0.1", noDelay: true });
    socket.write(request);
    socket.on("data", (chunk: Buffer) => {
      if (!begun.has(socket)) {
        begun.add(socket);
        if (!chunk.toString("latin1", 0, 12).startsWith("HTTP/1.1 200"))
          failed(new Error(chunk.toString("latin1", 0, 600)));
      }
      for (let at = chunk.indexOf(mark); at >= 0; at = chunk.indexOf(mark, at + 1)) events += 1;
    });
    socket.on("error", failed);
    socket.on("end", () => failed(new Error("a stream ended")));
    return socket;
  });
  for (const end = performance.now() + patienceMs; begun.size < job.streams && performance.now() < end; )
    await elapse(10);
  if (begun.size < job.streams) failed(new Error(`only ${begun.size} of ${job.streams} streams began`));
  const window = await measure(target, job, () => events);
  for (const socket of sockets) {
    socket.removeAllListeners();
    socket.on("error", () => {});
    socket.destroy();
  }
  return { ...window, latencies: [], residentMB: 0 };
}
