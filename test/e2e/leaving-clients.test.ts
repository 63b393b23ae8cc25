import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("a client that goes away", () => {
  test("in the middle of a stream frees the engine", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const stream = await hearth.stream("a", { fake: { fate: "hang", after: 2, tag: "left" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    stream.abort();
    await hearth.untilStats("a", "abort", "left");
    await hearth.until("the lease to be given back", async () => (await hearth.model("a")).running === 0);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("before the engine's first byte frees it too", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }] });
    const leaving = new AbortController();
    const asked = hearth.chat(
      "a",
      { fake: { fate: "hang", after: "headers", tag: "left" } },
      { signal: leaving.signal },
    );
    await hearth.untilStats("a", "request", "left");
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await hearth.untilStats("a", "abort", "left");
  });

  test("while it waits leaves the queue, and never reaches an engine", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", engine: ["--load-ms", "1500"] }] });
    const leaving = new AbortController();
    const asked = hearth.chat("a", { fake: { tag: "left" } }, { signal: leaving.signal });
    await hearth.until("the wait", async () => (await hearth.model("a")).waiting === 1);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await hearth.until("the queue to be empty", async () => (await hearth.model("a")).waiting === 0);
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "request", "left")).toEqual([]);
  });

  test("while a stream shows its waiting comments leaves the queue too", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", loadTime: "8s", engine: ["--load-ms", "4000"] }] });
    const stream = await hearth.stream("a", { fake: { tag: "left" } });
    await stream.until("a comment", ({ comments }) => comments.length > 0);
    stream.abort();
    await hearth.until("the queue to be empty", async () => (await hearth.model("a")).waiting === 0);
    await hearth.untilState("a", "ready");
    expect(hearth.stats("a", "request", "left")).toEqual([]);
  });

  test("a batch of clients that come and go leaves no lease behind", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", concurrency: 4, engine: ["--load-ms", "300"] }] });
    const whileItWaits = async () => {
      const leaving = new AbortController();
      const asked = hearth.chat("a", {}, { signal: leaving.signal }).catch(() => {});
      await hearth.until("a wait", async () => (await hearth.model("a")).waiting > 0);
      leaving.abort();
      await asked;
    };
    const atItsFirstWord = async () => {
      const stream = await hearth.stream("a", { fake: { fate: "hang", after: 1 } });
      await stream.until("a word", ({ words }) => words !== "");
      stream.abort();
    };
    const atItsEnd = async () => {
      expect((await hearth.chat("a", { fake: { tokens: 10, rate: 100 } })).status).toBe(200);
    };
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].flatMap(() => [whileItWaits(), atItsFirstWord(), atItsEnd()]));
    await hearth.until("peace", async () => {
      const { running, waiting } = await hearth.model("a");
      return running === 0 && waiting === 0;
    });
    expect((await hearth.chat("a")).status).toBe(200);
  });
});
