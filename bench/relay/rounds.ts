/** Interleaved rounds: what drifts on the machine meets every target alike. */
import {
  addedSample,
  largeSample,
  latencySample,
  pacedSample,
  type Sample,
  saturatedSample,
  throughputSample,
} from "./figures.ts";
import type { Generator } from "./load/generator.ts";
import type { Job, JobResult, Target } from "./load/job.ts";
import type { Plan } from "./plan.ts";
import { residentMB } from "./processes.ts";
import { sleeper } from "./proxies/hearth.ts";
import type { Running, TargetName } from "./proxies/proxy.ts";

export interface Bench {
  plan: Plan;
  generator: Generator;
  running: Map<TargetName, Running>;
  progress: (text: string) => void;
}

/** The samples of every target, one a round; memory is in the last. */
export async function measureAll(bench: Bench): Promise<Map<TargetName, Sample[]>> {
  const { plan, running, progress } = bench;
  const names = [...running.keys()];
  const samples = new Map<TargetName, Sample[]>(names.map((name) => [name, []]));
  const memory = new Map<TargetName, Sample>(names.map((name) => [name, {}]));
  for (const [name, { target }] of running) memory.get(name)!.residentAtRest = resident(target);
  if (running.has("hearth")) {
    progress("held requests");
    const result = await run(bench, "hearth", { ...plan.held, model: sleeper });
    memory.get("hearth")!.residentHeld = result.residentMB;
  }
  for (const name of names) await warmUp(bench, name);
  for (let round = 0; round < plan.rounds; round += 1) {
    progress(`round ${round + 1} of ${plan.rounds}`);
    const inThisRound = await measureRound(bench, rotated(names, round));
    for (const name of names) samples.get(name)!.push(inThisRound.get(name)!);
  }
  for (const [name, { target }] of running) memory.get(name)!.residentAfterLoad = resident(target);
  for (const name of names) samples.get(name)!.push(memory.get(name)!);
  return samples;
}

async function warmUp(bench: Bench, name: TargetName): Promise<void> {
  const { warm } = bench.plan;
  let answered = 0;
  for (let times = 0; times < warm.atMost && answered < warm.requests; times += 1) {
    answered += (await run(bench, name, warm)).count;
  }
}

async function measureRound(bench: Bench, order: TargetName[]): Promise<Map<TargetName, Sample>> {
  const { plan } = bench;
  const round = new Map<TargetName, Sample>(order.map((name) => [name, {}]));
  const steps: [Job, (result: JobResult) => Sample][] = [
    [plan.throughput, throughputSample],
    [plan.latency, latencySample],
    [plan.paced, pacedSample],
    [plan.saturated, saturatedSample],
    [plan.large, largeSample],
  ];
  for (const [job, sampleOf] of steps) {
    for (const name of order) Object.assign(round.get(name)!, sampleOf(await run(bench, name, job)));
  }
  const direct = round.get("direct")!;
  for (const [name, sample] of round) if (name !== "direct") Object.assign(sample, addedSample(sample, direct));
  return round;
}

async function run({ generator, running }: Bench, name: TargetName, job: Job): Promise<JobResult> {
  try {
    return await generator.run(job, running.get(name)!.target);
  } catch (error) {
    throw new Error(`${name}, ${job.kind}: ${(error as Error).message}`);
  }
}

function resident({ pids }: Target): number {
  return pids.reduce((sum, pid) => sum + residentMB(pid), 0);
}

function rotated<T>(list: T[], by: number): T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
