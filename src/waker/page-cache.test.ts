import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withFolder } from "../../test/support/folder.ts";
import { container, model } from "../../test/support/model-spec.ts";
import { OwnedProcess } from "../../test/support/processes/owned-process.ts";
import { until } from "../../test/support/until.ts";
import { poolLimits } from "../domain/memory.ts";
import { createHelper } from "../page-cache/helper.ts";
import { MemoryGate } from "./memory-gate.ts";
import { pageCacheHelper } from "./page-cache.ts";

const meminfo = (freeGiB: number) =>
  `MemTotal: 127600748 kB\nMemFree: ${freeGiB * 1024 ** 2} kB\nMemAvailable: 110000000 kB\n`;
const big = container("big", "old:1", 70);

function recorder() {
  const lines: string[] = [];
  const note = (level: string) => (text: unknown) => lines.push(`${level}: ${text}`);
  return {
    lines,
    log: { debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") } as never,
  };
}

/** A helper whose drop leaves this much unused. */
async function withHelper(
  use: (parts: { socket: string; file: string; drops: () => number; advance(ms: number): void }) => Promise<void>,
  fault?: Error,
): Promise<void> {
  await withFolder(async (folder) => {
    const [socket, file] = [join(folder, "helper.sock"), join(folder, "meminfo")];
    writeFileSync(file, meminfo(3));
    let drops = 0;
    let at = 0;
    const server = createHelper(
      async () => {
        if (fault !== undefined) throw fault;
        drops += 1;
        writeFileSync(file, meminfo(90));
      },
      () => at,
    );
    await once(server.listen(socket), "listening");
    const advance = (ms: number) => {
      at += ms;
    };
    await use({ socket, file, drops: () => drops, advance });
    server.close();
    await once(server, "close");
  });
}

describe("the page cache before a start", () => {
  test("is dropped where less is unused than the model takes, and not otherwise", async () => {
    await withHelper(async ({ socket, file, drops }) => {
      const { lines, log } = recorder();
      const makeRoom = pageCacheHelper(socket, log, file);
      await makeRoom({ ...big, memoryGiB: 2 });
      expect(drops()).toBe(0);
      await makeRoom(big);
      await makeRoom(big);
      expect(drops()).toBe(1);
      expect(lines).toEqual(["info: page cache dropped for big: 3.0 GiB were unused, now 90.0 GiB"]);
    });
  });

  test("not twice in a moment", async () => {
    await withHelper(async ({ socket, file, drops, advance }) => {
      const { log } = recorder();
      const makeRoom = pageCacheHelper(socket, log, file);
      const full = () => writeFileSync(file, meminfo(3));
      await makeRoom(big);
      full();
      await makeRoom(big);
      expect(drops()).toBe(1);
      advance(10_000);
      await makeRoom(big);
      expect(drops()).toBe(2);
    });
  });

  test("where it fails or nobody is there, the start goes on and the log says why", async () => {
    const { lines, log } = recorder();
    await withHelper(async ({ socket, file }) => pageCacheHelper(socket, log, file)(big), new Error("EACCES"));
    await withFolder(async (folder) => {
      writeFileSync(join(folder, "meminfo"), meminfo(3));
      await pageCacheHelper(join(folder, "none.sock"), log, join(folder, "meminfo"))(big);
    });
    expect(lines).toEqual([
      "warn: the page cache could not be dropped for big: EACCES",
      expect.stringMatching(/^warn: .*ENOENT/),
    ]);
  });

  test("concerns only starts on a GPU that shares the host's memory", async () => {
    const asked: string[] = [];
    const makeRoom = async ({ id }: { id: string }) => {
      asked.push(id);
    };
    const admit = async (host: { totalGiB: number; availableGiB: number; card?: never }) => {
      const limits = poolLimits({ budgetGiB: "auto", floorGiB: "auto" }, host);
      const gate = new MemoryGate(limits, { freshMemory: async () => host, makeRoom });
      for (const spec of [big, model("small")]) await gate.admit(spec, new AbortController().signal);
    };
    await admit({ totalGiB: 121.7, availableGiB: 100 });
    expect(asked).toEqual(["big"]);
    const card = { totalGiB: 96, availableGiB: 90 };
    await admit({ totalGiB: 121.7, availableGiB: 100, card: card as never });
    expect(asked).toEqual(["big"]);
  });
});

test("the helper is a program of its own, which writes one word to one file", async () => {
  await withFolder(async (folder) => {
    const [socket, file] = [join(folder, "helper.sock"), join(folder, "drop_caches")];
    writeFileSync(file, "");
    const main = join(import.meta.dirname, "../page-cache/main.ts");
    const env = { HEARTH_PAGE_CACHE_SOCKET: socket, HEARTH_PAGE_CACHE_FILE: file };
    const child = new OwnedProcess(process.execPath, [main], { env });
    const { log } = recorder();
    writeFileSync(join(folder, "meminfo"), meminfo(3));
    const makeRoom = pageCacheHelper(socket, log, join(folder, "meminfo"));
    await until("the helper", async () => {
      await makeRoom(big);
      return readFileSync(file, "utf8") === "1\n";
    });
    expect(await child.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    await child.end();
  });
});
