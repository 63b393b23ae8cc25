/** `npm run -s bench:memory`: what Hearth's process takes of memory at rest, under load, and when the load has gone. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as elapse } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { Generator } from "../relay/load/generator.ts";
import type { Job } from "../relay/load/job.ts";
import { residentMB } from "../relay/processes.ts";
import { sleeper, startHearth } from "../relay/proxies/hearth.ts";
import { unfinishedUploads } from "./uploads.ts";

const { soak } = new Command("bench:memory")
  .description("Prints resident memory (MB, 10^6 bytes) of `hearth serve` in the phases of a day.")
  .option("--soak <seconds>", "length of the mixed load", seconds, 600)
  .parse()
  .opts<{ soak: number }>();

function seconds(value: string): number {
  const count = Number(value);
  if (!(count >= 10)) throw new InvalidArgumentError("Ten seconds at least.");
  return count;
}

/** Whoever has caused it has gone for so long when memory is looked at. */
const settleMs = 30_000;

const mixed: Job[] = [
  { kind: "closed", connections: 64, bodyBytes: 2048, warmMs: 0, windowMs: 3000 },
  { kind: "closed", connections: 8, bodyBytes: 65_536, warmMs: 0, windowMs: 2000 },
  { kind: "sequence", bodyBytes: 1024 * 1024, warm: 0, count: 30 },
  { kind: "closed", connections: 4, bodyBytes: 3 * 1024 * 1024, warmMs: 0, windowMs: 2000 },
  { kind: "streams", streams: 200, everyMs: 40, warmMs: 0, windowMs: 2000 },
  { kind: "streams", streams: 200, everyMs: 0, warmMs: 0, windowMs: 1000 },
];

const folder = mkdtempSync(join(tmpdir(), "hearth-bench-"));
mkdirSync(join(folder, "hearth"));
const hearth = await startHearth({ folder: join(folder, "hearth") });
const generator = new Generator();
const { target } = hearth;
const resident = () => residentMB(target.pids[0]!);
const tell = (what: string, megabytes: number) =>
  console.log(`${what.padEnd(52)}${megabytes.toFixed(0).padStart(6)} MB`);
try {
  await elapse(5000);
  const rest = resident();
  tell("at rest", rest);
  const held = await generator.run({ kind: "held", requests: 1000, model: sleeper, windowMs: 2000 }, target);
  tell("1,000 requests held", held.residentMB);
  const giveUp = await unfinishedUploads(50, 50_000_000, target);
  tell("50 unfinished uploads of 50 MB", resident());
  giveUp();
  await elapse(settleMs);
  tell("30 s after they have gone", resident());
  const until = performance.now() + soak * 1000;
  for (let round = 0; performance.now() < until; round++) await generator.run(mixed[round % mixed.length]!, target);
  tell(`at the end of ${soak} s of mixed load`, resident());
  await elapse(settleMs);
  tell("30 s later", resident());
} finally {
  generator.stop();
  await hearth.stop();
  rmSync(folder, { recursive: true, force: true });
}
