/** A client's pull (Ollama's `/api/pull`), made an operator's job of the waker's. */
import { Problem } from "../domain/problem.ts";
import type { GatewayOptions } from "../gateway/gateway.ts";
import type { Link } from "../link/link.ts";

const lookMilliseconds = 250;

export function pullModel(link: Link): GatewayOptions["pull"] {
  return async (model, { signal, onProgress }) => {
    const jobOf = () => link.snapshot().weightsJobs.find((job) => job.model === model && job.act === "fetch");
    const begunByOthers = jobOf() !== undefined;
    const look = setInterval(() => {
      const job = jobOf();
      if (job?.state === "running" && job.totalBytes !== null) onProgress(job.doneBytes, job.totalBytes);
    }, lookMilliseconds);
    // Who stops reading ends what he has begun, and nothing of anybody else's.
    const leave = () => begunByOthers || void link.command({ type: "cancelPull", model }).catch(() => {});
    signal.addEventListener("abort", leave, { once: true });
    try {
      await link.command({ type: "pull", model });
    } catch (error) {
      // To its client a model that brings its own is there.
      if (!(error instanceof Problem && error.problem.code === "invalid_request")) throw error;
    } finally {
      clearInterval(look);
      signal.removeEventListener("abort", leave);
    }
  };
}
