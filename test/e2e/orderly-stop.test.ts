import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import type { EventStream } from "../support/event-stream.ts";
import type { HearthServer } from "../support/hearth-server.ts";

const gated = { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } };

/** A server with a stream under way that ends when its gate is opened. */
async function streaming(start: () => Promise<HearthServer>): Promise<{ hearth: HearthServer; stream: EventStream }> {
  const hearth = await start();
  const stream = await hearth.stream("a", gated);
  await stream.until("two words", ({ words }) => words.includes("word2"));
  return { hearth, stream };
}

function untilNotReady(hearth: HearthServer): Promise<true> {
  return hearth.until("it not to be ready", async () => (await hearth.get("/readyz", { key: null })).status === 503);
}

describe.concurrent("an orderly stop", () => {
  test.for(["SIGTERM", "SIGINT"] as const)(
    "lets a running stream finish, then stops the engine, and leaves no child (%s)",
    async (signal, { start }) => {
      const { hearth, stream } = await streaming(() => start({ models: [{ id: "a" }] }));
      const exit = hearth.kill(signal);
      await untilNotReady(hearth);
      expect(hearth.stats("a", "sigterm")).toEqual([]);
      await hearth.openGate("a", "long");
      expect(await stream.ended).toBe("whole");
      expect(stream.saysDone).toBe(true);
      expect(await exit).toEqual({ code: 0, signal: null });
      expect(hearth.stats("a", "sigterm")).toHaveLength(1);
      expect(hearth.leftovers()).toEqual([]);
    },
  );

  test("takes nothing new meanwhile, and says when to ask again", async ({ start }) => {
    const { hearth, stream } = await streaming(() => start({ models: [{ id: "a" }] }));
    const exit = hearth.kill("SIGTERM");
    await untilNotReady(hearth);
    for (const refused of [
      await hearth.chat("a"),
      await hearth.post("/v1/a/chat/completions"),
      await hearth.post("/ensure/a"),
      await hearth.post("/hearth/v1/models/a/start"),
    ]) {
      expect([refused.status, refused.json.error.code]).toEqual([503, "shutting_down"]);
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    }
    expect((await hearth.get("/healthz")).status).toBe(200);
    expect((await hearth.model("a")).running).toBe(1);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    await exit;
  });

  test("tells who still waits at once, while others finish", async ({ start }) => {
    const models = ["a", "b"].map((id) => ({ id, memory: "600MiB" }));
    const { hearth, stream } = await streaming(() => start({ models }));
    const buffered = hearth.chat("b");
    await hearth.until("the wait", async () => (await hearth.model("b")).waiting === 1);
    const waiting = await hearth.stream("b");
    await waiting.until("a comment", ({ comments }) => comments.length > 0);
    const ensured = hearth.post("/ensure/b");
    await hearth.until("its wait", async () => (await hearth.model("b")).waiting === 3);
    const exit = hearth.kill("SIGTERM");
    for (const told of [await buffered, await ensured]) {
      expect([told.status, told.json.error.code]).toEqual([503, "shutting_down"]);
    }
    expect(await waiting.ended).toBe("broken");
    expect(waiting.error?.code).toBe("shutting_down");
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    await exit;
    expect(hearth.stats("b", "start")).toEqual([]);
  });

  test("ends an answer with an error once its time is over", async ({ start }) => {
    const config = { policy: { stopGrace: "100ms" } };
    const { hearth, stream } = await streaming(() => start({ models: [{ id: "a" }], config }));
    const exit = hearth.kill("SIGTERM");
    expect(await stream.ended).toBe("broken");
    expect(stream.error?.code).toBe("shutting_down");
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(hearth.leftovers()).toEqual([]);
  });

  test("is cut short by a second signal, and still leaves no engine, not even one that will not end", async ({
    start,
  }) => {
    const engine = ["--ignore-sigterm"];
    const runtime = { stopGrace: "600s" };
    const { hearth, stream } = await streaming(() =>
      start({ models: [{ id: "a", engine, runtime }], config: { policy: { stopGrace: "600s" } } }),
    );
    const exit = hearth.kill("SIGTERM");
    await untilNotReady(hearth);
    void hearth.kill("SIGTERM");
    expect(await stream.ended).toBe("broken");
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(hearth.leftovers()).toEqual([]);
  });
});
