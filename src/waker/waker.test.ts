import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { engineView } from "../domain/scheduler/view.ts";
import { schedulerParams } from "./model-facts.ts";
import { replay } from "./replay.ts";
import { Harness, nextEvent } from "./waker-harness.ts";

let harness: Harness;
beforeEach(() => {
  harness = new Harness();
});
afterEach(() => harness.close());

/** Talks to the granted engine like the gateway does. */
async function complete(grant: { origin: string; apiKey: string | null; servedName: string }, fake: object = {}) {
  return fetch(`${grant.origin}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${grant.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ model: grant.servedName, messages: [{ role: "user", content: "hi" }], fake }),
  });
}

describe("a model on demand", () => {
  it("starts once for five requests that come together, and answers them all", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--load-ms", "200"])]);
    const asked = Array.from({ length: 5 }, () => harness.ask(waker, "a"));
    const grants = await Promise.all(asked.map((request) => request.granted));
    const answers = await Promise.all(grants.map((grant) => complete(grant)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(harness.count("a", "start")).toBe(1);
    for (const request of asked) request.ticket.release("done");
  });

  it("folds its journal to the state that it has", async () => {
    const { waker, store } = await harness.waker([harness.model("a"), harness.model("b")]);
    const first = harness.ask(waker, "a");
    await first.granted;
    const second = harness.ask(waker, "b");
    first.ticket.release("done");
    await second.granted;
    second.ticket.release("done");
    await waker.command({ type: "pin", model: "b", pinned: true });
    await waker.command({ type: "stop", model: "b" });
    await nextEvent(waker, "stopped", "b");
    const folded = replay(store.journal.read());
    const params = schedulerParams(harness.config());
    for (const seen of waker.snapshot().models) {
      const { phase, since, lastUsedAt, pinned } = engineView(folded, params, seen.since, seen.id)!;
      expect({ phase, since, lastUsedAt, pinned }).toEqual({
        phase: seen.state,
        since: seen.since,
        lastUsedAt: seen.lastUsedAt,
        pinned: seen.pinned,
      });
    }
  });
});
