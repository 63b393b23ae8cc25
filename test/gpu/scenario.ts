/** Two engines that each want more than half of a card, under Hearth: started, swapped, killed, stopped. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { gpuProcessQuery, gpuQuery, parseGpuProcesses, parseGpus } from "../../src/domain/gpu.ts";
import { gib } from "../../src/domain/size.ts";
import type { HearthOptions, HearthServer } from "../support/hearth-server.ts";
import { until } from "../support/until.ts";

const engine = fileURLToPath(new URL("engine.py", import.meta.url));

export interface Card {
  /** Beside `--gib`; empty for a real one. */
  engineFlags: string[];
  env: Record<string, string>;
  /** For what the engines note. */
  folder: string;
}

/** What a context of CUDA takes beside what is asked for. */
const contextGiB = 1.5;
/** Of a card that is as it was. */
const nearGiB = 0.75;

interface Start {
  model: string;
  pid: number;
  freeMiB: number;
}

/** Returns the transcript. */
export async function playScenario(
  start: (options: HearthOptions) => Promise<HearthServer>,
  { engineFlags, env, folder }: Card,
): Promise<string[]> {
  const smi = async ([program, ...args]: readonly string[]) =>
    (await promisify(execFile)(program!, args, { env: { ...process.env, ...env } })).stdout;
  const card = async () => parseGpus(await smi(gpuQuery))[0]!;
  const before = await card();
  const eachGiB = Math.floor((before.freeGiB! - 1) * 0.6);
  const heldGiB = eachGiB - contextGiB;
  const lines = [
    `${before.name}, driver ${before.driverVersion}: ${gib(before.totalGiB!)} in all, ${gib(before.freeGiB!)} free`,
    `two models, ${gib(eachGiB)} claimed and ${gib(heldGiB)} taken by each`,
  ];
  const seen = join(folder, "seen.jsonl");
  const flags = ["--port", "{port}", "--model", "{model}", "--gib", `${heldGiB}`, "--seen", seen, ...engineFlags];
  const models = ["first", "second"].map((id) => ({
    ...{ id, memory: `${eachGiB}GiB`, idleStop: 0 },
    runtime: { command: ["python3", engine, ...flags], ...{ gpu: "all", startTimeout: "3m", env } },
  }));
  const hearth = await start({ config: { memory: { budget: "auto", floor: "auto" } }, models, env });
  const starts = () =>
    readFileSync(seen, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Start);
  const ask = async (model: string) => {
    const { status, json } = await hearth.chat(model);
    expect([status, json.model]).toEqual([200, model]);
    const { pid, freeMiB } = starts().at(-1)!;
    const { usedGiB } = await card();
    const takenGiB = usedGiB! - before.usedGiB!;
    expect(takenGiB).toBeGreaterThan(heldGiB - nearGiB);
    expect(takenGiB).toBeLessThan(eachGiB + nearGiB);
    // Nothing of the engine before was left when this one began.
    expect(freeMiB / 1024).toBeGreaterThan(before.freeGiB! - nearGiB);
    const told = parseGpuProcesses(await smi(gpuProcessQuery)).find((user) => user.pid === pid)?.usedGiB ?? null;
    const { rssGiB } = (await hearth.model(model)).process;
    if (told !== null) {
      await until("the ledger to have seen it", async () => (await hearth.model(model)).process.rssGiB > told);
    }
    lines.push(
      `${model}: began with ${gib(freeMiB / 1024)} free; the card gives ${gib(takenGiB)}, nvidia-smi tells of its process ` +
        `${told === null ? "nothing" : gib(told)}, Hearth of ${gib((await hearth.model(model)).process.rssGiB ?? rssGiB ?? 0)}`,
    );
    return pid;
  };
  const first = await ask("first");
  const second = await ask("second");
  expect(second).not.toBe(first);
  lines.push("second took the place of first");
  process.kill(second, "SIGKILL");
  await hearth.until("the death to be seen", async () => (await hearth.model("second")).process?.pid !== second);
  expect(await ask("second")).not.toBe(second);
  lines.push("second was killed by SIGKILL, and answers again");
  expect((await hearth.post("/hearth/v1/models/second/stop")).status).toBe(200);
  await hearth.untilState("second", "absent");
  await until("the card to be as it was", async () => (await card()).freeGiB! > before.freeGiB! - nearGiB);
  lines.push(`stopped: ${gib((await card()).freeGiB!)} free again`);
  return lines;
}
