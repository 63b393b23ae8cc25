import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Job, JobResult, Reply, Target } from "./job.ts";

/** The parent's side of the load generator, a process of its own that does one job after the other. */
export class Generator {
  readonly #child: ChildProcess = fork(new URL("process.ts", import.meta.url), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });

  /** Throws where the target did not answer as it should: a figure of a failing run means nothing. */
  async run(job: Job, target: Target): Promise<JobResult> {
    this.#child.send({ job, target });
    const [reply] = (await once(this.#child, "message")) as [Reply];
    if ("error" in reply) throw new Error(reply.error);
    return reply.result;
  }

  stop(): void {
    this.#child.kill();
  }
}
