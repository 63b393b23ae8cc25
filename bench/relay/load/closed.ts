import { chatBody, requestBytes } from "../bodies.ts";
import { Connection } from "./connection.ts";
import type { Job, JobResult, Target } from "./job.ts";
import { measure } from "./window.ts";

type Closed = Extract<Job, { kind: "closed" }>;

/** How much the target takes from a fixed number of connections that never rest. */
export async function closedLoop(job: Closed, target: Target, failed: (error: Error) => void): Promise<JobResult> {
  const request = requestBytes(chatBody(job.bodyBytes), target.key);
  let answers = 0;
  const again = (connection: Connection) => {
    answers += 1;
    connection.send(request);
  };
  const connections = Array.from({ length: job.connections }, () => new Connection(target.port, again, failed));
  for (const connection of connections) connection.send(request);
  const window = await measure(target, job, () => answers);
  for (const connection of connections) connection.close();
  return { ...window, latencies: [], residentMB: 0 };
}
