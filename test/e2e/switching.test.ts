import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { hashedKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";

/** Two of them do not fit into the 1 GiB that the suite's servers have. */
const big = (id: string, extra: Record<string, unknown> = {}) => ({ id, memory: "600MiB", ...extra });

describe.concurrent("one big model at a time", () => {
  test("a stream is never cut by a switch", async ({ start }) => {
    const hearth = await start({ models: [big("a"), big("b")] });
    const stream = await hearth.stream("a", { fake: { tokens: 5, fate: "gate", after: 2, tag: "long" } });
    await stream.until("two words", ({ words }) => words.includes("word2"));
    const other = hearth.chat("b");
    await hearth.until("b to wait", async () => (await hearth.model("b")).waiting === 1);
    await hearth.openGate("a", "long");
    expect(await stream.ended).toBe("whole");
    expect(stream.words).toBe("word1 word2 word3 word4 word5 ");
    expect(stream.saysDone).toBe(true);
    expect((await other).status).toBe(200);
    const gone = hearth.stats("a", "sigterm")[0]!.at;
    expect(gone).toBeGreaterThanOrEqual(hearth.stats("a", "done", "long")[0]!.at);
  });

  test("two engines never load at once, and never stand on the same memory", async ({ start }) => {
    const slowLeaver = { engine: ["--load-ms", "200", "--term-ms", "300"] };
    const hearth = await start({ models: [big("a", slowLeaver), big("b", slowLeaver)] });
    await hearth.chat("a");
    await hearth.chat("b");
    const exit = hearth.stats("a", "exit")[0]!.at;
    expect(hearth.stats("b", "start")[0]!.at).toBeGreaterThanOrEqual(exit);
  });

  test("models that fit beside each other stay beside each other", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a" }, { id: "b" }] });
    await Promise.all([hearth.chat("a"), hearth.chat("b")]);
    expect((await hearth.model("a")).state).toBe("ready");
    expect((await hearth.model("b")).state).toBe("ready");
  });

  test.for([
    ["of two people", ["first", "second"]],
    ["that share one key", ["first", "first"]],
  ] as const)("two alternating clients %s swap far less often than they ask", async ([, keys], { start }) => {
    // A load of four seconds makes the linger two, far above the pause between two questions of an agent.
    const load = { loadTime: "4s", engine: ["--load-ms", "4000"] };
    const hearth = await start({
      config: { keys: [hashedKey("first"), hashedKey("second")] },
      models: [big("a", load), big("b", load)],
    });
    const questions = 15;
    await Promise.all([agent(hearth, "a", keys[0], questions), agent(hearth, "b", keys[1], questions)]);
    const starts = hearth.stats("a", "start").length + hearth.stats("b", "start").length;
    expect(starts).toBeLessThanOrEqual(questions / 3);
  });

  test("a client that gives up and comes back is served without a second load", async ({ start }) => {
    const hearth = await start({ models: [big("a"), big("b", { loadTime: "2s", engine: ["--load-ms", "1000"] })] });
    await hearth.chat("a");
    const impatient = new AbortController();
    const first = hearth.chat("b", {}, { signal: impatient.signal }).catch(() => "gave up");
    await hearth.untilStats("b", "start");
    impatient.abort();
    expect(await first).toBe("gave up");
    await hearth.until("the waiter to leave", async () => (await hearth.model("b")).waiting === 0);
    expect((await hearth.chat("b")).status).toBe(200);
    expect(hearth.stats("b", "start")).toHaveLength(1);
  });

  test("a utility model stays beside the big ones through a switch", async ({ start }) => {
    const hearth = await start({
      models: [big("a"), big("b"), { id: "titles", memory: "200MiB", lifecycle: "utility" }],
    });
    await hearth.chat("titles");
    await hearth.chat("a");
    await hearth.chat("b");
    expect((await hearth.chat("titles")).status).toBe(200);
    expect(hearth.stats("titles", "start")).toHaveLength(1);
  });

  test("an exclusive model has the machine to itself, and the utility model comes back after it", async ({ start }) => {
    const hearth = await start({
      models: [
        { id: "titles", memory: "200MiB", lifecycle: "utility" },
        { id: "a", memory: "200MiB" },
        { id: "alone", memory: "300MiB", lifecycle: "exclusive", idleStop: "1s" },
      ],
    });
    await hearth.chat("titles");
    await hearth.chat("a");
    await hearth.chat("alone");
    expect([(await hearth.model("titles")).state, (await hearth.model("a")).state]).toEqual(["absent", "absent"]);
    // Nobody asks: it comes back by itself when the exclusive one has left.
    await hearth.untilState("alone", "absent");
    await hearth.untilState("titles", "ready");
    expect(hearth.stats("titles", "start")).toHaveLength(2);
  });

  test("a pinned model is never a victim; whoever needs its memory is told", async ({ start }) => {
    const hearth = await start({ models: [big("a", { pinned: true, idleStop: "1s" }), big("b")] });
    await hearth.chat("a");
    const refused = await hearth.chat("b", {}, { headers: { prefer: "wait=1" } });
    expect([429, 503]).toContain(refused.status);
    expect(refused.json.error.message).toContain("a");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
    expect(hearth.stats("b", "start")).toEqual([]);
  });
});

/** Asks one question after the other, and something else between them: a moment in which its model is quiet. */
async function agent(hearth: HearthServer, model: string, key: string, questions: number): Promise<void> {
  for (let asked = 0; asked < questions; asked += 1) {
    const { status, text } = await hearth.chat(model, { fake: { tokens: 3, rate: 100 } }, { key });
    if (status !== 200) throw new Error(`${status} ${text}`);
    await hearth.get("/v1/models", { key });
  }
}
