/** Runs the trials one after the other; each leaves a result, whatever happens. */

import { TrialFailure } from "./failure.ts";
import type { Figures } from "./figures.ts";
import { memoryWatch } from "./memory-watch.ts";
import { ready, type Subject } from "./subject.ts";
import type { Trial } from "./trial.ts";
import { allTrials } from "./trials.ts";

export interface TrialResult {
  trial: string;
  outcome: "passed" | "failed" | "skipped";
  /** One sentence. */
  says: string;
  /** Null where it was not tried. */
  seconds: number | null;
  /** Of a failure alone. */
  sent?: unknown;
  came?: unknown;
}

export interface TrialRun {
  results: TrialResult[];
  figures: Partial<Figures>;
}

export interface Wanted {
  quick: boolean;
  /** Groups and names of trials. Empty: all of them. */
  only: readonly string[];
}

/** Rejects only when `signal` is aborted. */
export async function runTrials(subject: Subject, wanted: Wanted, signal: AbortSignal): Promise<TrialRun> {
  const watch = memoryWatch();
  const figures: Partial<Figures> = {};
  const results: TrialResult[] = [];
  const chosen = chooseTrials(allTrials(watch), wanted);
  let broken: string | null = null;
  for (const [index, trial] of chosen.entries()) {
    const told = { ...subject, progress: words(subject, trial, index, chosen.length) };
    const reason = broken ?? unclaimed(trial, subject) ?? (wanted.quick && trial.slow ? "left out by --quick" : null);
    if (reason !== null) {
      results.push({ trial: trial.name, outcome: "skipped", says: reason, seconds: null });
      continue;
    }
    told.progress("");
    const { result, startFailed } = await tried(trial, told, figures, signal);
    results.push(result);
    if (startFailed) broken = `${subject.model.id} does not start`;
    else await watch.sample(told).catch(() => {});
  }
  return { results, figures };
}

/** In the order of all; `only` names groups, or trials by their whole name. */
export function chooseTrials(all: Trial[], { only }: Pick<Wanted, "only">): Trial[] {
  if (only.length === 0) return all;
  return all.filter(({ name, group }) => only.includes(name) || only.includes(group));
}

function words({ progress }: Subject, { name }: Trial, index: number, count: number): Subject["progress"] {
  return (doing) => progress(`${index + 1} of ${count}: ${name}${doing === "" ? "" : `, ${doing}`}`);
}

function unclaimed({ needs }: Trial, { model }: Subject): string | null {
  if (needs.length === 0 || needs.some((need) => model.capabilities.includes(need))) return null;
  return `its entry does not claim ${needs.join(" or ")}`;
}

async function tried(trial: Trial, subject: Subject, figures: Partial<Figures>, signal: AbortSignal) {
  const startedAt = performance.now();
  let isReady = false;
  const result = (outcome: TrialResult["outcome"], says: string): TrialResult => ({
    trial: trial.name,
    outcome,
    says,
    seconds: Math.round(performance.now() - startedAt) / 1000,
  });
  try {
    if (trial.name !== "speed/cold") await ready(subject);
    isReady = true;
    const seen = await trial.run(subject);
    if ("skipped" in seen) return { result: result("skipped", seen.skipped), startFailed: false };
    Object.assign(figures, seen.figures);
    return { result: result("passed", seen.says), startFailed: false };
  } catch (error) {
    signal.throwIfAborted();
    const failure =
      error instanceof TrialFailure
        ? error
        : new TrialFailure((error as Error).message, { sent: null, came: "no answer: the connection failed" });
    Object.assign(figures, failure.figures);
    const { sent, came } = failure;
    return { result: { ...result("failed", failure.message), sent, came }, startFailed: !isReady };
  }
}
