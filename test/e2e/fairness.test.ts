import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { hashedKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";

describe.concurrent("nobody starves", () => {
  test("a model that never falls quiet is taken away once another's waiter is overdue", async ({ start }) => {
    // The shortest bound that people can choose: 60 s.
    const hearth = await start({
      config: { policy: { eagerness: "eager" }, keys: [hashedKey("other")] },
      models: [
        { id: "a", memory: "600MiB" },
        { id: "b", memory: "600MiB" },
      ],
    });
    const endless = await hearth.stream("a", { fake: { fate: "gate", after: 1, tag: "endless" } });
    await endless.until("a word", ({ words }) => words !== "");
    const asked = Date.now();
    const other = hearth.chat("b", {}, { key: "other" });
    await hearth.until("the switch", async () => (await hearth.model("a")).state === "draining", 120);
    expect(Date.now() - asked).toBeGreaterThan(30_000);
    await hearth.openGate("a", "endless");
    expect(await endless.ended).toBe("whole");
    expect((await other).status).toBe(200);
  });

  test("keys take turns on one model, whoever asked for more", async ({ start }) => {
    const hearth = await start({
      config: { keys: [hashedKey("greedy"), hashedKey("modest")] },
      models: [{ id: "a", concurrency: 1 }],
    });
    const release = await hold(hearth);
    const order: string[] = [];
    const ask = async (key: string) => {
      await hearth.chat("a", { fake: { tokens: 2, rate: 50 } }, { key });
      order.push(key);
    };
    const greedy = Array.from({ length: 10 }, () => ask("greedy"));
    await hearth.until("ten to wait", async () => (await hearth.model("a")).waiting === 10);
    const modest = ask("modest");
    await hearth.until("eleven to wait", async () => (await hearth.model("a")).waiting === 11);
    await release();
    await Promise.all([...greedy, modest]);
    expect(order.indexOf("modest")).toBeLessThanOrEqual(2);
  });

  test("interactive requests go before batch ones that came earlier", async ({ start }) => {
    const hearth = await start({
      config: { keys: [hashedKey("night", { priority: "batch" })] },
      models: [{ id: "a", concurrency: 1 }],
    });
    const release = await hold(hearth);
    const order: string[] = [];
    const ask = async (name: string, init = {}) => {
      const { status } = await chat(hearth, init);
      expect(status).toBe(200);
      order.push(name);
    };
    const batch = Array.from({ length: 4 }, () => ask("batch", { key: "night" }));
    await hearth.until("four to wait", async () => (await hearth.model("a")).waiting === 4);
    const person = ask("person");
    await hearth.until("five to wait", async () => (await hearth.model("a")).waiting === 5);
    await release();
    await Promise.all([...batch, person]);
    expect(order[0]).toBe("person");
  });
});

/** Occupies the one place that the model has. */
async function hold(hearth: HearthServer): Promise<() => Promise<void>> {
  const stream = await hearth.stream("a", { fake: { fate: "gate", after: 1, tag: "held" } });
  await stream.until("a word", ({ words }) => words !== "");
  return () => hearth.openGate("a", "held");
}

function chat(hearth: HearthServer, init: { key?: string }) {
  return hearth.chat("a", { fake: { tokens: 2, rate: 50 } }, init);
}
