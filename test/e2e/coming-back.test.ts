import { existsSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { until } from "../support/until.ts";

describe.concurrent("coming and going", () => {
  test("after kill -9 a new start adopts the engine: one engine, no second load, no orphan", async ({ start }) => {
    const models = [{ id: "a", engine: ["--load-ms", "200"] }];
    const first = await start({ models });
    await first.chat("a");
    const { pid } = first.stats("a", "start")[0]!;
    await first.kill("SIGKILL");
    expect(first.leftovers().map((left) => left.pid)).toContain(pid);

    const second = await start({ models, home: first.home });
    expect((await second.model("a")).state).toBe("ready");
    expect((await second.chat("a")).status).toBe(200);
    expect(second.stats("a", "start").map((event) => event.pid)).toEqual([pid]);
    expect((await second.model("a")).process.pid).toBe(pid);
  });

  test.for([
    ["lost", (file: string) => rmSync(file, { force: true })],
    ["emptied", (file: string) => existsSync(file) && truncateSync(file)],
  ] as const)(
    "after kill -9 with the database %s the engine is known by its mark and adopted",
    async ([, misfortune], { start }) => {
      const models = [{ id: "a" }, { id: "b" }];
      const first = await start({ models });
      await Promise.all([first.chat("a"), first.chat("b")]);
      await first.kill("SIGKILL");
      for (const part of ["", "-wal", "-shm"]) misfortune(join(first.home, "home", `hearth.db${part}`));

      const second = await start({ models: [{ id: "a" }], home: first.home });
      expect((await second.chat("a")).status).toBe(200);
      expect(second.stats("a", "start")).toHaveLength(1);
      await until("the engine that nobody wants any more to be gone", () => !alive(first.stats("b", "start")[0]!.pid));
    },
  );

  test("after kill -9 an engine whose model has changed is stopped, and one that was still loading ends up once", async ({
    start,
  }) => {
    const first = await start({ models: [{ id: "a" }, { id: "b", engine: ["--load-ms", "1500"] }] });
    await first.chat("a");
    const waiting = first.chat("b").catch(() => "cut");
    await first.untilStats("b", "start");
    await first.kill("SIGKILL");
    expect(await waiting).toBe("cut");

    const second = await start({
      models: [
        { id: "a", context: 4096, engine: ["--tokens", "2"] },
        { id: "b", engine: ["--load-ms", "1500"] },
      ],
      home: first.home,
    });
    expect((await second.chat("b")).status).toBe(200);
    await until("the old engine of a to be gone", () => !alive(first.stats("a", "start")[0]!.pid));
    expect(second.stats("b", "start").filter(({ pid }) => alive(pid))).toHaveLength(1);
    expect((await second.chat("a")).json.usage.completion_tokens).toBe(2);
  });

  test("after kill -9 with the model gone from the configuration nothing stays behind", async ({ start }) => {
    const first = await start({ models: [{ id: "a" }, { id: "b" }] });
    await first.chat("a");
    await first.kill("SIGKILL");
    const second = await start({ models: [{ id: "b" }], home: first.home });
    await until("the engine to be gone", () => second.leftovers().length === 0);
  });

  test("an orderly stop leaves nothing running, and ends with code 0", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b", engine: ["--term-ms", "300"] }] });
    await Promise.all([hearth.chat("a"), hearth.chat("b")]);
    expect(hearth.leftovers().length).toBeGreaterThanOrEqual(2);
    expect(await hearth.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(hearth.leftovers()).toEqual([]);
    expect(hearth.stats("b", "exit")).toHaveLength(1);
  });

  test("Ctrl-C while a model loads leaves nothing running either", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "20000"] }] });
    const waiting = hearth.chat("a").catch(() => null);
    await hearth.untilStats("a", "start");
    expect((await hearth.kill("SIGINT")).code).toBe(0);
    expect(hearth.leftovers()).toEqual([]);
    await waiting;
  });

  test("two servers cannot share one home: the second one says who has it", async ({ start }) => {
    const first = await start({ models: [{ id: "a" }] });
    const second = await start({ models: [{ id: "a" }], home: first.home });
    const { code } = await second.exited;
    expect(code).not.toBe(0);
    expect(second.log).toContain(String(first.pid));
    expect((await first.chat("a")).status).toBe(200);
  });

  test("a port that is taken is a clear error", async ({ start }) => {
    const first = await start({ models: [{ id: "a" }] });
    const second = await start({ models: [{ id: "a" }], env: { HEARTH_LISTEN: `127.0.0.1:${first.port}` } });
    const { code } = await second.exited;
    expect(code).not.toBe(0);
    expect(second.log).toContain(String(first.port));
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
