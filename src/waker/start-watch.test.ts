import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../../test/support/until.ts";
import { Harness } from "../../test/support/waker/waker-harness.ts";
import { noGpu } from "../domain/gpu.ts";
import { localNode } from "../domain/nodes.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { readHostStrain } from "./host-strain.ts";

const root = "/sys/fs/cgroup";
const machineGiB = 0.5;
/** Takes ten MiB after the other, and keeps them. */
const eater = "const kept = []; setInterval(() => kept.push(Buffer.alloc(10 * 2 ** 20, 1)), 20);";

let harness: Harness;
beforeEach(() => {
  harness = new Harness();
});
afterEach(() => harness.close());

/** A cgroup that counts memory, or null where none can be made. */
function memoryCgroup(): { folder: string; usage: string } | null {
  const first = existsSync(join(root, "memory"));
  const folder = join(root, first ? "memory" : "", `hearth-test-${process.pid}`);
  const usage = join(folder, first ? "memory.usage_in_bytes" : "memory.current");
  try {
    mkdirSync(folder);
  } catch {
    return null;
  }
  if (existsSync(usage)) return { folder, usage };
  rmdirSync(folder);
  return null;
}

/** The cgroup as if it were the machine, in the kernel's words. */
function meminfoOf(usage: string): string {
  const availableGiB = machineGiB - Number(readFileSync(usage, "utf8")) / bytesPerGiB;
  const kilobytes = (gib: number) => `${Math.max(0, Math.round(gib * 1024 ** 2))} kB`;
  return `MemTotal: ${kilobytes(machineGiB)}\nMemFree: 0 kB\nMemAvailable: ${kilobytes(availableGiB)}\n`;
}

function strainNode(strain: () => ReturnType<typeof readHostStrain>) {
  const memory = { totalGiB: 64, availableGiB: 32 };
  return { id: localNode, gpu: noGpu, memory: () => memory, freshMemory: async () => memory, strain };
}

test("an engine that eats the machine's memory while it starts is ended, and everybody hears why", async (context) => {
  const cgroup = memoryCgroup();
  if (cgroup === null) return context.skip("no cgroup that counts memory can be made here");
  const meminfo = join(harness.home, "meminfo");
  const strain = () => {
    writeFileSync(meminfo, meminfoOf(cgroup.usage));
    return readHostStrain({ meminfo, pressure: "/proc/pressure/memory" });
  };
  const inside = `echo $$ > ${cgroup.folder}/cgroup.procs && exec "$0" -e "$1"`;
  const command = ["/bin/sh", "-c", inside, process.execPath, eater];
  const { waker } = await harness.waker(
    [harness.model("glutton", [], { process: { command, startTimeoutSeconds: 600 } })],
    { floorGiB: 0.8 },
    { nodes: [strainNode(strain)] },
  );
  const problem = await harness.ask(waker, "glutton").refused;
  expect(problem.message).toMatch(
    /^glutton was ended while it started: only 0\.\d GiB were left; below 0\.2 GiB the machine may hang\. /,
  );
  await until("the cgroup is empty", () => readFileSync(join(cgroup.folder, "cgroup.procs"), "utf8") === "");
  const [view] = waker.snapshot().models;
  expect(view).toMatchObject({ state: "failed", failure: { code: "insufficient_memory" } });
  expect(Number(readFileSync(cgroup.usage, "utf8"))).toBeLessThan(machineGiB * bytesPerGiB);
  rmdirSync(cgroup.folder);
});

test("a machine that waits for memory all the time ends a start too, once its floor is used up", async () => {
  const pressure = join(harness.home, "pressure");
  const meminfo = join(harness.home, "meminfo");
  writeFileSync(meminfo, `MemTotal: ${2 ** 20} kB\nMemFree: 0 kB\nMemAvailable: ${2 ** 19} kB\n`);
  writeFileSync(
    pressure,
    "some avg10=90.00 avg60=1.00 avg300=0.00 total=1\nfull avg10=63.40 avg60=1.00 avg300=0.00 total=1\n",
  );
  const { waker } = await harness.waker(
    [harness.model("slow", ["--load-ms", "600000"])],
    { floorGiB: 0.8 },
    { nodes: [strainNode(() => readHostStrain({ meminfo, pressure }))] },
  );
  const { message } = await harness.ask(waker, "slow").refused;
  expect(message).toMatch(/only 0\.5 GiB were left, and everything waited for memory 63 % of the time/);
});
