/** `npm run -s bench:relay`: what Hearth's relay costs, beside nginx and Caddy in the same run. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { busyShare } from "./busy.ts";
import { loadDisk } from "./disk-load.ts";
import { medians, type Sample } from "./figures.ts";
import { Generator } from "./load/generator.ts";
import { verdicts } from "./marks.ts";
import { fullPlan, quickPlan } from "./plan.ts";
import { type ProxyName, proxyNames, type TargetName } from "./proxies/proxy.ts";
import { report } from "./report.ts";
import { measureAll } from "./rounds.ts";
import { startTargets, type Targets } from "./targets.ts";

interface Options {
  quick: boolean;
  json: boolean;
  busyDisk: boolean;
  only: ProxyName[];
}

const options = new Command("bench:relay")
  .description("Measures Hearth's relay beside nginx and Caddy, in front of the same stub engine, on 127.0.0.1.")
  .option("--quick", "under 45 seconds instead of under 4 minutes; rougher figures", false)
  .option("--only <names>", `only these: ${proxyNames.join(", ")}`, parseNames, [...proxyNames])
  .option("--busy-disk", "while another program writes and syncs without pause, on the disk that has the state", false)
  .option("--json", "print {busyBefore, results, rounds, marks, skipped} for programs", false)
  .parse()
  .opts<Options>();

function parseNames(value: string): ProxyName[] {
  return value.split(",").map((name) => {
    const found = proxyNames.find((known) => known === name.trim());
    if (found === undefined) throw new InvalidArgumentError(`Known are ${proxyNames.join(", ")}.`);
    return found;
  });
}

/** On a terminal, one line that is overwritten; else nothing, so that logs stay clean. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

async function measure(targets: Targets): Promise<Map<TargetName, Sample[]>> {
  const generator = new Generator();
  try {
    return await measureAll({
      plan: options.quick ? quickPlan : fullPlan,
      generator,
      running: targets.running,
      progress,
    });
  } finally {
    generator.stop();
    progress("");
  }
}

if (process.platform !== "linux") {
  console.error("bench:relay reads processor time from /proc and runs on Linux only.");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "hearth-bench-"));
let targets: Targets | null = null;
let unload: (() => void) | null = null;
const cleanUp = async () => {
  unload?.();
  await targets?.stop();
  rmSync(folder, { recursive: true, force: true });
};
process.once("SIGINT", () => void cleanUp().finally(() => process.exit(130)));
try {
  progress("starting");
  const busy = await busyShare();
  targets = await startTargets(options.only, folder);
  for (const [name, reason] of Object.entries(targets.skipped)) console.error(`skipped ${name}: ${reason}`);
  if (options.busyDisk) unload = loadDisk(folder);
  const rounds = await measure(targets);
  const results: Partial<Record<TargetName, Sample>> = {};
  for (const [name, samples] of rounds) results[name] = medians(samples);
  const marks = verdicts(results);
  if (options.json) {
    console.log(
      JSON.stringify({
        busyBefore: busy,
        results,
        rounds: Object.fromEntries(rounds),
        marks,
        skipped: targets.skipped,
      }),
    );
  } else console.log(report(results, marks, busy));
} catch (error) {
  console.error(`bench:relay: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
