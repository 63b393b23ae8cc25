import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("while a model loads", () => {
  test("a stream carries comments with place, phase and seconds left, then the answer", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", loadTime: "6s", engine: ["--load-ms", "3500"] }] });
    const stream = await hearth.stream("a", { fake: { tokens: 3 } });
    expect(stream.status).toBe(200);
    expect(stream.headers["content-type"]).toContain("text/event-stream");
    await stream.until("a comment", ({ comments }) => comments.length > 0);
    expect(stream.events).toEqual([]);
    expect(stream.comments[0]).toMatch(/^hearth place=1 phase="loading" percent=\d+ seconds_left=\d+$/);
    expect(await stream.ended).toBe("whole");
    expect(stream.words).toBe("word1 word2 word3 ");
    expect(stream.saysDone).toBe(true);
  });

  test("a stream that waits for less than two seconds has no comment and its own headers", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", concurrency: 1 }] });
    const first = await hearth.stream("a", { fake: { fate: "gate", after: 1, tag: "first" } });
    await first.until("a word", ({ words }) => words !== "");
    const waiting = hearth.stream("a");
    await hearth.until("the wait", async () => (await hearth.model("a")).waiting === 1);
    await hearth.openGate("a", "first");
    const stream = await waiting;
    await stream.ended;
    expect(stream.comments).toEqual([]);
    expect(Number(stream.headers["x-hearth-wait-ms"])).toBeGreaterThan(0);
  });

  test("a refusal within two seconds keeps its own status, in a stream too", async ({ start }) => {
    const hearth = await start({ models: [{ id: "huge", memory: "5GiB" }] });
    const stream = await hearth.stream("huge");
    expect(stream.status).toBe(503);
    await stream.ended;
    expect(JSON.parse(stream.text).error.code).toBe("insufficient_memory");
  });

  test("a buffered request is held up to the limit, then told when to come back, and the load goes on", async ({
    start,
  }) => {
    const hearth = await start({
      config: { policy: { hold: { buffered: "300ms" } } },
      models: [{ id: "a", loadTime: "3s", engine: ["--load-ms", "1500"] }],
    });
    const refused = await hearth.chat("a");
    expect(refused.status).toBe(503);
    expect(refused.json.error).toMatchObject({ code: "model_loading", type: "server_error" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    await hearth.untilState("a", "ready");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("Prefer: wait=N shortens the hold, for a stream too", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", loadTime: "5s", engine: ["--load-ms", "20000"] }] });
    const refused = await hearth.chat("a", {}, { headers: { prefer: "wait=1" } });
    expect([refused.status, refused.json.error.code]).toEqual([503, "model_loading"]);
    const stream = await hearth.stream("a", {}, { headers: { prefer: "wait=1" } });
    expect(stream.status).toBe(503);
    expect(hearth.stats("a", "listen")).toEqual([]);
  });

  test("Prefer: wait=0 answers at once with what runs, since when, how idle it is and when it will stop", async ({
    start,
  }) => {
    const hearth = await start({
      models: [
        { id: "a", memory: "600MiB", idleStop: "10m" },
        { id: "b", memory: "600MiB", loadTime: "30s" },
      ],
    });
    const busy = await hearth.stream("a", { fake: { fate: "gate", after: 1, tag: "busy" } });
    await busy.until("a word", ({ words }) => words !== "");
    const refused = await hearth.chat("b", {}, { headers: { prefer: "wait=0" } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.json.error.code).toBe("queue_full");
    const [current] = refused.json.error.current;
    expect(current).toMatchObject({ model: "a", state: "ready", running: 1, idleSeconds: 0 });
    expect(current.uptimeSeconds).toBeGreaterThanOrEqual(0);
    expect(current).toHaveProperty("secondsUntilRelease");
    expect(current).toHaveProperty("stopsByItself");
    await hearth.openGate("a", "busy");
    expect(await busy.ended).toBe("whole");
    expect(hearth.stats("b", "start")).toEqual([]);
  });

  test("Prefer: wait=0 on a stopped model says when it will be loaded, and who comes back then is served", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a", loadTime: "3s", engine: ["--load-ms", "1000"] }] });
    const refused = await hearth.chat("a", {}, { headers: { prefer: "wait=0" } });
    expect([refused.status, Number(refused.headers["retry-after"])]).toEqual([429, 3]);
    await hearth.untilState("a", "ready");
    expect((await hearth.chat("a", {}, { headers: { prefer: "wait=0" } })).status).toBe(200);
  });

  test("500 embeddings at once for a cold model are all answered", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", loadTime: "3s", engine: ["--load-ms", "1000"] }] });
    const asked = Array.from({ length: 500 }, () => hearth.post("/v1/embeddings", { model: "a", input: "x" }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test("whenBusy: reject in the configuration does the same for everybody", async ({ start }) => {
    const hearth = await start({
      config: { policy: { whenBusy: "reject" } },
      models: [{ id: "a", engine: ["--load-ms", "600"] }],
    });
    const refused = await hearth.chat("a");
    expect(refused.status).toBe(429);
    // The machine is free, so it loads all the same and a retry is served.
    await hearth.untilState("a", "ready");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("a wait that would be too long is refused at once with the estimate", async ({ start }) => {
    const hearth = await start({
      config: { policy: { maxWait: "60s" } },
      models: [{ id: "slow", loadTime: "300s" }],
    });
    const refused = await hearth.chat("slow");
    expect([refused.status, refused.json.error.code]).toEqual([429, "queue_full"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(299);
    expect(hearth.stats("slow", "start")).toEqual([]);
  });
});
