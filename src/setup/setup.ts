/** Sets a machine up, step by step, each said. Safe to run twice: what is there stays. */
import type { Hear } from "./containers.ts";
import { Dispensable, type Plan, type SetupContext, type Step } from "./step.ts";
import { composeOverride } from "./steps/compose-override.ts";
import { configuration } from "./steps/configuration.ts";
import { docker } from "./steps/docker.ts";
import { envFile } from "./steps/env-file.ts";
import { folders } from "./steps/folders.ts";
import { images } from "./steps/images.ts";
import { service } from "./steps/service.ts";
import { tokenizers } from "./steps/tokenizers.ts";
import { weights } from "./steps/weights.ts";

export const steps: readonly Step[] = [
  docker,
  folders,
  envFile,
  configuration,
  composeOverride,
  tokenizers,
  images,
  weights,
  service,
];

export interface Outcome {
  step: string;
  /** `would`: in a dry run. */
  status: "done" | "there" | "skipped" | "failed" | "would";
  says: string;
}

export interface SetupRun {
  /** Only say what would be done. */
  dryRun: boolean;
  /** Hears of each outcome as it comes. */
  tell(outcome: Outcome): void;
  hear: Hear;
}

/** Every outcome. A piece that fails does not keep the others from being done; only an interruption rejects. */
export async function setUp(context: SetupContext, run: SetupRun): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const tell = (status: Outcome["status"], says: string) => {
      const outcome = { step: step.name, status, says };
      outcomes.push(outcome);
      run.tell(outcome);
    };
    try {
      for (const plan of await step.plan(context)) {
        context.signal.throwIfAborted();
        tell(...(await carryOut(plan, context, run)));
      }
    } catch (error) {
      context.signal.throwIfAborted();
      tell("failed", (error as Error).message);
    }
  }
  return outcomes;
}

async function carryOut(plan: Plan, { signal }: SetupContext, run: SetupRun): Promise<[Outcome["status"], string]> {
  if (plan.kind === "there") return ["there", plan.says];
  if (plan.kind === "skip") return ["skipped", plan.says];
  if (run.dryRun) return ["would", plan.says];
  try {
    return ["done", await plan.work(run.hear)];
  } catch (error) {
    signal.throwIfAborted();
    return [error instanceof Dispensable ? "skipped" : "failed", (error as Error).message];
  }
}
