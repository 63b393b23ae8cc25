import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const thrift = new URL("./memory-thrift.ts", import.meta.url).href;

/** What a program says that has called `beThrifty`. */
async function said(program: string): Promise<string> {
  const script = `import v8 from "node:v8"; import { beThrifty } from ${JSON.stringify(thrift)}; beThrifty(20); ${program}`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { timeout: 20_000 });
  return (await run).stdout.trim();
}

test("what nobody needs any more is given back although nothing happens", async () => {
  const program = `
    const used = () => v8.getHeapStatistics().used_heap_size;
    const before = used();
    let kept = Array.from({ length: 600_000 }, (_, i) => ({ i, list: [i] }));
    const most = used() - before;
    kept = null;
    const look = setInterval(() => {
      if (used() - before > most / 4) return;
      clearInterval(look);
      console.log("given back");
    }, 20);`;
  expect(await said(program)).toBe("given back");
});

test("the space for new objects grows no further", async () => {
  const program = `
    const size = () => v8.getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size;
    const before = size();
    let kept = [];
    for (let i = 0; i < 1_000_000; i++) {
      kept.push({ i, list: [i] });
      if (kept.length > 50_000) kept = kept.slice(25_000);
    }
    console.log(size() <= 2 * before + 4 * 1024 * 1024);`;
  expect(await said(program)).toBe("true");
});
