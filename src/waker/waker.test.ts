import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harness, nextEvent, noWeights, processEntry } from "../../test/support/waker/waker-harness.ts";
import { engineView } from "../domain/scheduler/view.ts";
import { readJournal } from "../store/read-journal.ts";
import { createPorts } from "./drivers/process/ports.ts";
import { replay } from "./replay.ts";
import type { WeightsKeeper } from "./weights-keeper.ts";

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

  it("tells the first that waits, and nobody else, that it has started a model or had another one stopped", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--load-ms", "200"]), harness.model("b")]);
    const [first, second] = [harness.ask(waker, "a"), harness.ask(waker, "a")];
    expect([(await first.granted).caused, (await second.granted).caused]).toEqual(["load", undefined]);
    const other = harness.ask(waker, "b");
    first.ticket.release("done");
    second.ticket.release("done");
    expect((await other.granted).caused).toBe("switch");
    other.ticket.release("done");
    const third = harness.ask(waker, "b");
    expect((await third.granted).caused).toBeUndefined();
    third.ticket.release("done");
  });

  it("folds its journal to the state that it has", async () => {
    const { waker, store } = await harness.waker([harness.model("a"), harness.model("b")]);
    const first = harness.ask(waker, "a");
    await first.granted;
    const second = harness.ask(waker, "b");
    first.ticket.release("done");
    await second.granted;
    second.ticket.release("done");
    await waker.command({ type: "pin", model: "b", pinned: true, owner: "operator" });
    await waker.command({ type: "stop", model: "b" });
    await nextEvent(waker, "stopped", "b");
    await store.close();
    const folded = replay(readJournal(join(harness.home, "journal.db")));
    const { params } = harness.plan([]);
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

  it("is loaded once for a client that gives up and comes back", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--load-ms", "300"])]);
    const ready = nextEvent(waker, "ready", "a");
    harness.ask(waker, "a").ticket.release("aborted");
    await ready;
    const again = harness.ask(waker, "a");
    await again.granted;
    expect(harness.count("a", "start")).toBe(1);
  });

  it("says how far its weights are, then that it loads", async () => {
    const arrived = Promise.withResolvers<string>();
    const begun = Promise.withResolvers<void>();
    const forStart: WeightsKeeper["forStart"] = async (_spec, { onProgress }) => {
      onProgress({ what: "w", doneBytes: 40, totalBytes: 100 });
      begun.resolve();
      return arrived.promise;
    };
    const weights = { file: "w", bytes: 100, sha256: "00", sources: [] };
    const { waker } = await harness.waker([harness.model("a", [], { weights })], undefined, {
      weights: { ...noWeights, forStart },
    });
    const asked = harness.ask(waker, "a");
    await begun.promise;
    expect(asked.ticket.progress()).toMatchObject({ place: 1, phase: "downloading weights", percent: 40 });
    expect(waker.snapshot().models[0]).toMatchObject({ state: "starting", phase: "downloading weights", percent: 40 });
    arrived.resolve("/weights");
    await asked.granted;
  });

  it("is refused with 429 where the client does not wait, and loads all the same", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--load-ms", "300"])]);
    const ready = nextEvent(waker, "ready", "a");
    const refusal = await harness.ask(waker, "a", { whenBusy: "reject" }).refused;
    expect(refusal).toMatchObject({ code: "queue_full", data: { current: [{ model: "a", state: "starting" }] } });
    expect(refusal.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    await ready;
    await harness.ask(waker, "a", { whenBusy: "reject" }).granted;
  });

  it("is refused with its reason when it is disabled, and with memory's numbers when it does not fit", async () => {
    const off = harness.model("off", [], { status: "disabled", statusReason: "Use b instead." });
    const memory = { totalGiB: 16, availableGiB: 8.5 };
    const { waker } = await harness.waker([off, harness.model("big")], { floorGiB: 8 }, { memory });
    expect(await harness.ask(waker, "off").refused).toMatchObject({
      code: "model_unavailable",
      message: "off is disabled: Use b instead.",
    });
    const refusal = await harness.ask(waker, "big").refused;
    expect(refusal.code).toBe("insufficient_memory");
    expect(refusal.message).toMatch(/needs 1.0 GiB.*only 0.5 GiB.*8.5 GiB of 16.0 GiB.*8.0 GiB are kept/);
    expect(harness.count("big", "start")).toBe(0);
  });
});

describe("an engine that fails", () => {
  it("ends the running answers with its last words, and is started again for the next request", async () => {
    const { waker } = await harness.waker([harness.model("a")]);
    const asked = harness.ask(waker, "a");
    const grant = await asked.granted;
    await complete(grant, { fate: "crash", after: "headers" }).catch(() => {});
    const problem = await asked.cut;
    expect(problem).toMatchObject({ code: "engine_failed" });
    expect(problem.message).toMatch(/^a exited with code \d+\. Last lines of its log:/);
    asked.ticket.release("engineFailed");
    const again = harness.ask(waker, "a");
    expect((await complete(await again.granted)).status).toBe(200);
    expect(harness.count("a", "start")).toBe(2);
  });

  it("at its start, at once, tells its clients why, and the next one brings the next try", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--crash-starts", "1"])]);
    const refusal = await harness.ask(waker, "a").refused;
    expect(refusal).toMatchObject({ code: "model_unavailable", retryAfterSeconds: 1 });
    expect(refusal.message).toContain("RuntimeError: fake engine told to crash at start");
    await harness.ask(waker, "a").granted;
    expect(harness.count("a", "start")).toBe(2);
  });

  it("for want of something outside its model tells its clients, and is held against nobody", async () => {
    let full = true;
    const forStart = async () => {
      if (full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      return "";
    };
    const weights = { file: "a.gguf", bytes: 1, sha256: "00", sources: [] };
    const { waker } = await harness.waker(
      [harness.model("a", [], { weights })],
      {},
      { weights: { ...noWeights, forStart } },
    );
    for (let tries = 0; tries < 4; tries += 1) {
      expect((await harness.ask(waker, "a").refused).message).toContain("no space left");
    }
    full = false;
    await harness.ask(waker, "a").granted;
  });

  it("to become healthy in time is stopped, and says so", async () => {
    const { waker } = await harness.waker([
      harness.model("a", ["--never-healthy"], { process: { startTimeoutSeconds: 1 } }),
    ]);
    harness.ask(waker, "a");
    expect((await nextEvent(waker, "failed", "a")).message).toMatch(/not ready within 1 s \(.+\)/);
    // On a busy machine it may not have come so far as to say its pid.
    expect(harness.pids("a").every((pid) => processEntry(pid) === null)).toBe(true);
  });

  it("to answer, although it is healthy, is not ready", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--never-answers"])]);
    harness.ask(waker, "a");
    expect((await nextEvent(waker, "failed", "a")).message).toMatch(/does not answer: .*chat\/completions.*HTTP 500/);
  });

  it("to serve the model's name says which name it serves", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--model", "other"])]);
    harness.ask(waker, "a");
    expect((await nextEvent(waker, "failed", "a")).message).toContain("it serves other, not a");
    expect(harness.pids("a")).toHaveLength(1);
  });

  it("to get its port, because a foreign server answers there, gets another one", async () => {
    const foreign = createServer((_request, response) => response.end('{"data":[{"id":"else"}]}'));
    foreign.listen(0, "127.0.0.1");
    await once(foreign, "listening");
    const taken = (foreign.address() as AddressInfo).port;
    const free = createPorts();
    const offers = [async () => taken, async () => taken, () => free.take()];
    const ports = { ...createPorts(), take: () => (offers.shift() ?? free.take)() };
    const { waker } = await harness.waker([harness.model("a")], undefined, { ports });
    const grant = await harness.ask(waker, "a").granted;
    expect(new URL(grant.origin).port).not.toBe(String(taken));
    expect((await complete(grant)).status).toBe(200);
    expect(offers).toEqual([]);
    foreign.close();
  });
});

describe("a stop", () => {
  it("waits for the running answer, and the model comes back for whoever came meanwhile", async () => {
    const { waker } = await harness.waker([harness.model("a")]);
    const running = harness.ask(waker, "a");
    await running.granted;
    await waker.command({ type: "stop", model: "a" });
    const later = harness.ask(waker, "a");
    expect(waker.snapshot().models[0]).toMatchObject({ state: "draining", running: 1 });
    const stopped = nextEvent(waker, "stopped", "a");
    running.ticket.release("done");
    await stopped;
    const grant = await later.granted;
    expect(grant.generation).toBe(2);
  });

  it("ends an engine that ignores SIGTERM", async () => {
    const { waker } = await harness.waker([
      harness.model("a", ["--ignore-sigterm"], { process: { stopGraceSeconds: 0.2 } }),
    ]);
    await waker.command({ type: "ensure", model: "a" });
    const stopped = nextEvent(waker, "stopped", "a");
    await waker.command({ type: "stop", model: "a" });
    await stopped;
    expect(processEntry(harness.pids("a")[0]!)).toBeNull();
  });

  it("during the load ends the load", async () => {
    const { waker } = await harness.waker([harness.model("a", ["--load-ms", "60000"])]);
    const started = nextEvent(waker, "start", "a");
    harness.ask(waker, "a").ticket.release("aborted");
    await started;
    const stopped = nextEvent(waker, "stopped", "a");
    await waker.command({ type: "stop", model: "a" });
    await stopped;
    expect(harness.pids("a").every((pid) => processEntry(pid) === null)).toBe(true);
  });

  it("that cannot be verified keeps the machine from starting anything on that memory", async () => {
    const { waker } = await harness.waker([harness.model("a"), harness.model("b")], undefined, {
      wrap: (engine) => ({ ...engine, stop: () => Promise.reject(new Error("Processes 1 do not end")) }),
    });
    await waker.command({ type: "ensure", model: "a" });
    const stuck = nextEvent(waker, "failed", "a");
    await waker.command({ type: "stop", model: "a" });
    expect((await stuck).reason).toBe("stuck");
    expect(waker.snapshot().models[0]!.phase).toContain("Processes 1 do not end");
    expect((await harness.ask(waker, "b").refused).code).toBe("model_unavailable");
    expect(harness.count("b", "start")).toBe(0);
    await harness.kill("a");
  });
});

describe("a changed configuration", () => {
  it("restarts what changed, stops what is gone, and leaves the rest alone with its answers", async () => {
    const [same, changed, gone] = [harness.model("same"), harness.model("changed"), harness.model("gone")];
    const config = { budgetGiB: 3 };
    const { waker } = await harness.waker([same, changed, gone], config);
    for (const model of ["same", "changed", "gone"]) await waker.command({ type: "ensure", model });
    const running = harness.ask(waker, "same");
    await running.granted;
    const stops = [nextEvent(waker, "stopped", "changed"), nextEvent(waker, "stopped", "gone")];
    waker.apply(
      harness.plan(
        [
          { ...same, summary: "new words" },
          { ...changed, context: 1 },
        ],
        config,
      ),
    );
    await Promise.all(stops);
    await harness.ask(waker, "changed").granted;
    expect(waker.snapshot().models.map(({ id, state }) => [id, state])).toEqual([
      ["same", "ready"],
      ["changed", "ready"],
    ]);
    expect(await Promise.race([running.cut, Promise.resolve("not cut")])).toBe("not cut");
    expect([harness.count("same", "start"), harness.count("changed", "start")]).toEqual([1, 2]);
    expect((await harness.ask(waker, "gone").refused).code).toBe("model_not_found");
  });
});

describe("the next run", () => {
  it("adopts the engine that an earlier one left, and stops the one whose specification changed", async () => {
    const config = { budgetGiB: 2 };
    const [kept, changed] = [harness.model("kept"), harness.model("changed")];
    const first = await harness.waker([kept, changed], config);
    for (const model of ["kept", "changed"]) await first.waker.command({ type: "ensure", model });
    const { readyAt } = first.waker.snapshot().models[0]!;
    await first.waker.close({ keep: "all" });
    await first.store.close();
    const { waker } = await harness.waker([kept, { ...changed, context: 1 }], config);
    const [view, other] = waker.snapshot().models;
    expect(view).toMatchObject({ state: "ready", process: { pid: harness.pids("kept")[0] } });
    expect(view!.readyAt).toBeCloseTo(readyAt!, 0);
    expect(other).toMatchObject({ state: "absent" });
    expect(processEntry(harness.pids("changed")[0]!)?.zombie ?? true).toBe(true);
    const grant = await harness.ask(waker, "kept").granted;
    expect((await complete(grant)).status).toBe(200);
    expect(harness.count("kept", "start")).toBe(1);
    const failed = nextEvent(waker, "failed", "kept");
    process.kill(view!.process!.pid!, "SIGKILL");
    await failed;
  });

  it("finds nothing after an orderly end, and everybody was told", async () => {
    const { waker } = await harness.waker([harness.model("a"), harness.model("b")]);
    const running = harness.ask(waker, "a");
    await running.granted;
    const waiting = harness.ask(waker, "b");
    await waker.close();
    expect((await running.cut).message).toContain("shutting down");
    expect((await waiting.refused).message).toContain("shutting down");
    expect((await harness.ask(waker, "a").refused).code).toBe("shutting_down");
    expect(processEntry(harness.pids("a")[0]!)).toBeNull();
  });
});
