import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";
import { hashedKey } from "../support/hearth-client.ts";
import type { HearthServer } from "../support/hearth-server.ts";

describe.concurrent("nobody starves", () => {
  test("a model that never falls quiet is taken away once another's waiter is overdue", { timeout: 120_000 }, async ({
    start,
  }) => {
    // The shortest bound that people can choose: 60 s.
    const hearth = await start({
      config: { policy: { eagerness: "eager" }, keys: [hashedKey("other")] },
      models: [
        { id: "a", memory: "600MiB" },
        { id: "b", memory: "600MiB" },
      ],
    });
    let over = false;
    // Of different lengths, so that they never pause at the same moment: eager models do not linger.
    const busy = [7, 9, 11, 13, 17].map(async (tokens) => {
      while (!over) await hearth.chat("a", { fake: { tokens, rate: 20 } });
    });
    await hearth.untilStats("a", "done");
    const asked = Date.now();
    const { status } = await hearth.chat("b", {}, { key: "other" });
    const waited = (Date.now() - asked) / 1000;
    over = true;
    await Promise.all(busy);
    expect(status).toBe(200);
    expect(waited).toBeGreaterThan(30);
    expect(waited).toBeLessThan(75);
  });

  test("keys take turns on one model, whoever asked for more", async ({ start }) => {
    const hearth = await start({
      config: { keys: [hashedKey("greedy"), hashedKey("modest")] },
      models: [{ id: "a", concurrency: 1, engine: ["--load-ms", "500"] }],
    });
    const order: string[] = [];
    const ask = async (key: string) => {
      await hearth.chat("a", { fake: { tokens: 2, rate: 50 } }, { key });
      order.push(key);
    };
    const greedy = Array.from({ length: 10 }, () => ask("greedy"));
    await hearth.until("ten to wait", async () => (await hearth.model("a")).waiting === 10);
    await Promise.all([...greedy, ask("modest")]);
    expect(order.indexOf("modest")).toBeLessThanOrEqual(2);
  });

  test("interactive requests go before batch ones that came earlier", async ({ start }) => {
    const hearth = await start({
      config: { keys: [hashedKey("night", { priority: "batch" })] },
      models: [{ id: "a", concurrency: 1, engine: ["--load-ms", "500"] }],
    });
    const order: string[] = [];
    const ask = async (name: string, init = {}) => {
      const { status } = await chat(hearth, init);
      expect(status).toBe(200);
      order.push(name);
    };
    const batch = Array.from({ length: 4 }, () => ask("batch", { key: "night" }));
    await hearth.until("four to wait", async () => (await hearth.model("a")).waiting === 4);
    await Promise.all([...batch, ask("person")]);
    expect(order[0]).toBe("person");
  });
});

function chat(hearth: HearthServer, init: { key?: string }) {
  return hearth.chat("a", { fake: { tokens: 2, rate: 50 } }, init);
}
