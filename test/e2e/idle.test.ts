import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

describe.concurrent("an idle model stops", () => {
  test("counted from the end of the last answer, never during one", async ({ start }) => {
    const hearth = await start({ config: { policy: { idleStop: "1s" } }, models: [{ id: "a" }] });
    // Three idle times long.
    const stream = await hearth.stream("a", { fake: { tokens: 30, rate: 10 } });
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    await hearth.untilState("a", "absent");
    const idle = hearth.stats("a", "sigterm")[0]!.at - hearth.stats("a", "done").at(-1)!.at;
    expect(idle).toBeGreaterThanOrEqual(950);
    expect(hearth.leftovers()).toEqual([]);
  });

  test("a touch keeps it alive; the state says when it will stop", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", idleStop: "5s" }] });
    await hearth.chat("a");
    const before = await hearth.model("a");
    expect(before.stopsAt - before.lastUsedAt).toBeCloseTo(5, 0);
    expect((await hearth.post("/debug/touch/a")).status).toBe(200);
    const touched = await hearth.model("a");
    expect(touched.stopsAt).toBeGreaterThan(before.stopsAt);
    await hearth.untilState("a", "absent");
    expect(hearth.stats("a", "sigterm")[0]!.at / 1000).toBeGreaterThan(touched.stopsAt - 0.05);
  });

  test("0 means never", async ({ start }) => {
    const hearth = await start({
      config: { policy: { idleStop: "1s" } },
      models: [{ id: "a", idleStop: 0 }, { id: "b" }],
    });
    await Promise.all([hearth.chat("a"), hearth.chat("b")]);
    await hearth.untilState("b", "absent");
    expect((await hearth.model("a")).stopsAt).toBeNull();
    expect((await hearth.model("a")).state).toBe("ready");
  });

  test("the next request starts it again", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", idleStop: "1s" }] });
    await hearth.chat("a");
    await hearth.untilState("a", "absent");
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(2);
  });
});
