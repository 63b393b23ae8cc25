import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("an engine that fails", () => {
  test("before its first byte is replaced once, unseen by the client", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const fake = { fate: "crash", after: "headers", tag: "x", once: true };
    const answer = await hearth.chat("a", { fake });
    expect(answer.status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(2);
    expect(hearth.stats("a", "request", "x")).toHaveLength(2);
  });

  test("twice of one request is not given it again, however often its client tries", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    for (let tries = 0; tries < 20; tries += 1) {
      const answer = await hearth.chat("a", { fake: { fate: "crash", after: "headers", tag: "x" } });
      expect([answer.status, answer.json.error.code]).toEqual([422, "request_ends_engine"]);
    }
    expect(hearth.stats("a", "request", "x")).toHaveLength(2);
    // The machine is not broken by it.
    expect((await hearth.chat("a")).status).toBe(200);
  });

  test("because of one request answers all that were there beside it, one after the other", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", concurrency: 8 }] });
    await hearth.chat("a");
    const tags = ["1", "2", "3", "4", "5"];
    const innocent = Promise.all(
      tags.map((tag) => hearth.chat("a", { fake: { tag, fate: "gate", after: "headers", once: true } })),
    );
    // Whatever fails below, nobody is left to hear of those that are cut after it.
    innocent.catch(() => {});
    for (const tag of tags) await hearth.untilStats("a", "request", tag);
    const ends = await hearth.chat("a", { fake: { fate: "crash", after: "headers", tag: "x" } });
    expect([ends.status, ends.json.error.code]).toEqual([422, "request_ends_engine"]);
    expect((await innocent).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  test("with one request alone ends that one, and the engine and its other answers go on", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", concurrency: 2 }], config: { policy: { silence: "2s" } } });
    const hung = hearth.chat("a", { fake: { fate: "hang", after: "headers", tag: "hung" } });
    await hearth.untilStats("a", "request", "hung");
    const stream = await hearth.stream("a", { fake: { tokens: 40, rate: 10 } });
    const { status, json } = await hung;
    expect([status, json.error.code]).toEqual([504, "engine_stalled"]);
    expect(await stream.ended).toBe("whole");
    await hearth.until("its place back", async () => (await hearth.model("a")).running === 0);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("in the middle of a stream never looks complete: an error event, then a cut connection", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const stream = await hearth.stream("a", { fake: { tokens: 9, rate: 50, fate: "crash", after: 3 } });
    expect(await stream.ended).toBe("broken");
    expect(stream.words).toBe("word1 word2 word3 ");
    expect(stream.saysDone).toBe(false);
    expect(stream.error).toMatchObject({ code: "engine_failed", type: "server_error" });
  });

  test("by cutting one connection in mid-stream is not a crash of the engine", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const stream = await hearth.stream("a", { fake: { rate: 50, fate: "cut", after: 2 } });
    expect(await stream.ended).toBe("broken");
    expect(stream.error?.code).toBe("engine_failed");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("with an error of its own passes it on untouched", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const answer = await hearth.chat("a", { fake: { status: 422 } });
    expect([answer.status, answer.json.error.type]).toEqual([422, "FakeError"]);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("at its start says why at once, backs off, is quarantined after three, and can be cleared", async ({
    start,
  }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--crash-starts", "3"] }] });
    const refused = await hearth.chat("a");
    expect([refused.status, refused.json.error.code, refused.headers["retry-after"]]).toEqual([
      503,
      "model_unavailable",
      "1",
    ]);
    expect(refused.json.error.message).toContain("crash at start");
    expect(hearth.stats("a", "start")).toHaveLength(1);
    await hearth.until("the quarantine", async () => {
      await hearth.chat("a");
      return hearth.stats("a", "start").length === 3;
    });
    const starts = hearth.stats("a", "start").map(({ at }) => at);
    expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(950);
    expect(starts[2]! - starts[1]!).toBeGreaterThanOrEqual(4950);
    const quarantined = await hearth.chat("a");
    expect([quarantined.status, quarantined.json.error.code]).toEqual([503, "model_unavailable"]);
    expect(Number(quarantined.headers["retry-after"])).toBeGreaterThan(300);
    expect((await hearth.model("a")).failure.reason).toContain("crash at start");
    expect((await hearth.post("/hearth/v1/models/a/clear")).status).toBeLessThan(300);
    expect((await hearth.chat("a")).status).toBe(200);
  });

  test.for([
    ["that is never healthy", ["--never-healthy"]],
    ["that answers no completion", ["--never-answers"]],
    ["that serves another model (a foreign server on its port)", ["--model", "somebody-else"]],
  ] as const)("%s is not ready, and is gone after its start timeout", async ([, engine], { start }) => {
    const hearth = await start({
      models: [{ id: "a", engine: [...engine], runtime: { startTimeout: "1s" } }],
    });
    const refused = await hearth.chat("a");
    expect([502, 503]).toContain(refused.status);
    expect(["engine_failed", "model_unavailable"]).toContain(refused.json.error.code);
    expect(refused.json.error.message.length).toBeGreaterThan(30);
    // On a busy machine its time may be over before it can say that it has started.
    const started = hearth.stats("a", "start").map(({ pid }) => pid);
    expect(hearth.leftovers().filter(({ pid }) => started.includes(pid))).toEqual([]);
  });

  test("by ignoring SIGTERM is killed after its grace, and its memory is waited for", async ({ start }) => {
    const stubborn = { engine: ["--ignore-sigterm"], runtime: { stopGrace: "500ms" } };
    const hearth = await start({
      models: [
        { id: "a", memory: "600MiB", ...stubborn },
        { id: "b", memory: "600MiB" },
      ],
    });
    await hearth.chat("a");
    const { pid } = hearth.stats("a", "start")[0]!;
    expect((await hearth.chat("b")).status).toBe(200);
    expect(hearth.leftovers().map((left) => left.pid)).not.toContain(pid);
    expect(hearth.stats("b", "start")[0]!.at - hearth.stats("a", "sigterm")[0]!.at).toBeGreaterThanOrEqual(490);
  });

  test("by hanging is engine_stalled, and is replaced", async ({ start }) => {
    const hearth = await start({
      config: { policy: { stall: "3s" } },
      models: [{ id: "a", runtime: { stopGrace: "200ms" } }],
    });
    const silent = await hearth.chat("a", { fake: { fate: "freeze", after: "headers" } });
    expect([silent.status, silent.json.error.code]).toEqual([504, "engine_stalled"]);
    expect((await hearth.chat("a")).status).toBe(200);
  });

  test("by dying while nobody uses it is noticed, and started again by the next request", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    await hearth.chat("a");
    process.kill(hearth.stats("a", "start")[0]!.pid, "SIGKILL");
    await hearth.until("hearth to notice", async () => (await hearth.model("a")).state !== "ready");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(2);
  });
});
