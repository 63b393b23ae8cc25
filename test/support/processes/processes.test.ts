import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processEntry } from "../../../src/waker/drivers/process/process-table.ts";
import { OwnedProcess } from "./owned-process.ts";
import { killStrays, processesNaming } from "./processes-naming.ts";
import { openSlots, takeSlot } from "./slots.ts";

const stay = "setInterval(() => {}, 1000);";
const node = (script: string, env: Record<string, string> = {}) =>
  new OwnedProcess(process.execPath, ["-e", script], { env });

test("a process ends with its children, also those that ignore SIGTERM", async () => {
  const child = node(`
    const { spawn } = require("node:child_process");
    const deaf = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); console.log('deaf'); ${stay}"], {
      stdio: "inherit",
    });
    console.log("pid " + deaf.pid);
    ${stay}`);
  await child.says(/deaf/);
  const [pid] = await child.says(/(?<=pid )\d+(?=\n)/);
  expect(await child.end()).toBe(true);
  expect(processEntry(Number(pid))?.zombie ?? true).toBe(true);
});

test("words are waited for; an end without them is told with all that was said", async () => {
  const child = node('console.log("one"); setTimeout(() => console.log("two"), 10)');
  expect((await child.says(/two/))[0]).toBe("two");
  await expect(child.says(/three/)).rejects.toThrow(/ended without \/three\/:\none\ntwo/);
  await child.end();
});

test("a process that left its group is found by the folder that its environment names, and killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stray-"));
  const parent = node(
    `require("node:child_process").spawn(process.execPath, ["-e", "${stay}"], { detached: true, stdio: "ignore" }).unref()`,
    { MARK: join(folder, "x") },
  );
  await parent.ends();
  await parent.end();
  expect(processesNaming(folder)).toMatchObject([{ named: join(folder, "x") }]);
  expect(await killStrays(folder)).toHaveLength(1);
  expect(processesNaming(folder)).toEqual([]);
});

test("slots are given in the order of asking, no more than there are, and one that is given back goes on", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "slots-")), "s.sock");
  const slots = await openSlots(path, 2);
  const order: number[] = [];
  const take = async (n: number) => {
    const giveBack = await takeSlot(path);
    order.push(n);
    return giveBack;
  };
  const first = await take(1);
  const second = await take(2);
  const third = take(3);
  first();
  await third.then((giveBack) => giveBack());
  second();
  expect(order).toEqual([1, 2, 3]);
  await slots.close();
});
