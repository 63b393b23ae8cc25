import { describe, expect, it } from "vitest";
import { model as modelSpec } from "../../test/support/model-spec.ts";
import type { FetchWeights } from "./weights-keeper.ts";
import { WeightsQueue } from "./weights-queue.ts";

/** A queue whose downloads end when the test says so. */
function bench(limit: number | null = null) {
  const begun: { model: string; options: FetchWeights; done: PromiseWithResolvers<null> }[] = [];
  const ends: string[] = [];
  const begins: (() => void)[] = [];
  const queue = new WeightsQueue({
    keeper: {
      fetch(spec, options) {
        const done = Promise.withResolvers<null>();
        options.signal.addEventListener("abort", () => done.reject(options.signal.reason));
        begun.push({ model: spec.id, options, done });
        for (const each of begins.splice(0)) each();
        return done.promise;
      },
      verify: async () => {},
    },
    specOf: (id) => (id === "gone" ? undefined : modelSpec(id)),
    limit: () => limit,
    changed() {},
    over: ({ model, act }, error) => ends.push(`${act} ${model} ${error === null ? "done" : error.message}`),
  });
  return { queue, begun, ends, nextBegin: () => new Promise<void>((resolve) => begins.push(resolve)) };
}

const states = (queue: WeightsQueue) => queue.jobs().map(({ model, state }) => `${model} ${state}`);

describe("pulls", () => {
  it("run one at a time, in the order in which they were asked for, all in sight", async () => {
    const { queue, begun, ends, nextBegin } = bench();
    const first = queue.add("a", "fetch", null);
    const second = queue.add("b", "fetch", null);
    expect(states(queue)).toEqual(["a running", "b waiting"]);
    expect(begun.map(({ model }) => model)).toEqual(["a"]);
    begun[0]!.options.onProgress({ what: "a.gguf", doneBytes: 3, totalBytes: 9 });
    expect(queue.jobs()[0]).toMatchObject({ what: "a.gguf", doneBytes: 3, totalBytes: 9 });
    const begins = nextBegin();
    begun[0]!.done.resolve(null);
    await first;
    await begins;
    expect(states(queue)).toEqual(["b running"]);
    begun[1]!.done.resolve(null);
    await second;
    expect(queue.jobs()).toEqual([]);
    expect(ends).toEqual(["fetch a done", "fetch b done"]);
  });

  it("of the same model are one", async () => {
    const { queue, begun } = bench();
    const both = [queue.add("a", "fetch", null), queue.add("a", "fetch", null)];
    begun[0]!.done.resolve(null);
    await Promise.all(both);
    expect(begun).toHaveLength(1);
  });

  it("that fail are told of until they are asked for again, and hold up nobody", async () => {
    const { queue, begun, nextBegin } = bench();
    const first = queue.add("a", "fetch", null);
    void queue.add("b", "fetch", null);
    const begins = nextBegin();
    begun[0]!.done.reject(new Error("no network"));
    await expect(first).rejects.toThrow("no network");
    await begins;
    expect(states(queue)).toEqual(["b running", "a failed"]);
    expect(queue.jobs()[1]).toMatchObject({ failure: "no network" });
    void queue.add("a", "fetch", null);
    expect(states(queue)).toEqual(["b running", "a waiting"]);
    queue.close();
  });

  it("are cancelled whether they run or wait, and leave no failure behind", async () => {
    const { queue, begun, ends, nextBegin } = bench();
    const running = queue.add("a", "fetch", null);
    const waiting = queue.add("b", "fetch", null);
    void queue.add("c", "fetch", null);
    const begins = nextBegin();
    expect(queue.cancel("b")).toBe(true);
    await expect(waiting).rejects.toThrow("cancelled");
    expect(queue.cancel("a")).toBe(true);
    await expect(running).rejects.toThrow("cancelled");
    await begins;
    expect(states(queue)).toEqual(["c running"]);
    expect(begun.map(({ model }) => model)).toEqual(["a", "c"]);
    expect(ends).toEqual([]);
    expect(queue.cancel("nobody")).toBe(false);
    queue.close();
  });

  it("have the limit that was asked for, else the configuration's", () => {
    const { queue, begun } = bench(5);
    void queue.add("a", "fetch", null);
    void queue.add("b", "fetch", 7);
    expect(queue.jobs().map(({ limit }) => limit)).toEqual([5, 7]);
    expect(begun[0]!.options.limit).toBe(5);
    queue.close();
  });

  it("end when Hearth does, and none begins", async () => {
    const { queue, begun } = bench();
    const all = [queue.add("a", "fetch", null), queue.add("b", "fetch", null)];
    queue.close();
    for (const each of await Promise.allSettled(all)) expect(each.status).toBe("rejected");
    await expect(queue.add("c", "fetch", null)).rejects.toThrow("stopping");
    expect(begun).toHaveLength(1);
  });

  it("of a model that a reload has taken out say so", async () => {
    const { queue } = bench();
    await expect(queue.add("gone", "fetch", null)).rejects.toThrow("not served here any more");
  });
});
