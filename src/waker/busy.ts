/** The answer to a request that does not want to wait (`Prefer: wait=0`, `whenBusy: reject`). */
import type { ProblemData } from "../domain/problem.ts";
import type { Progress, Snapshot } from "../link/link.ts";

const leastRetrySeconds = 1;

/** The wait that a request would have had. `expectedSeconds`: at least, where nobody can say how much is left. */
export interface OwnWait extends Progress {
  expectedSeconds: number;
}

/** 429 with what runs instead: since when, idle for how long, and when it will make room. */
export function busyProblem(model: string, own: OwnWait, { at, models }: Snapshot): ProblemData {
  const current = models
    .filter((other) => other.state !== "absent" && other.state !== "failed" && other.lifecycle !== "utility")
    .map((other) => ({
      model: other.id,
      state: other.state,
      uptimeSeconds: other.readyAt === null ? 0 : whole(at - other.readyAt),
      running: other.running,
      idleSeconds: other.running > 0 || other.lastUsedAt === null ? 0 : whole(at - other.lastUsedAt),
      secondsUntilRelease: other.stopsAt === null ? null : whole(other.stopsAt - at),
      stopsByItself: other.stopsAt !== null,
    }));
  const retryAfterSeconds = Math.max(leastRetrySeconds, Math.ceil(own.secondsLeft ?? own.expectedSeconds));
  const runs = current.filter((other) => other.model !== model).map((other) => inWords(other));
  const now = runs.length === 0 ? own.phase : runs.join("; ");
  return {
    code: "queue_full",
    message: `${model} is not free at once: ${now}. Ask again in ${retryAfterSeconds} s, or allow the request to wait.`,
    retryAfterSeconds,
    data: { current, phase: own.phase, percent: own.percent, secondsLeft: own.secondsLeft },
  };
}

function inWords(current: {
  model: string;
  state: string;
  running: number;
  uptimeSeconds: number;
  idleSeconds: number;
}) {
  const { model, state, running, uptimeSeconds, idleSeconds } = current;
  if (state !== "ready") return `${model} is ${state}`;
  const use = running > 0 ? `serves ${running}` : `idle for ${idleSeconds} s`;
  return `${model} is loaded (for ${uptimeSeconds} s, ${use})`;
}

function whole(seconds: number): number {
  return Math.max(0, Math.round(seconds));
}
