import { describe, expect } from "vitest";
import { test } from "../support/e2e.ts";

const always = { hours: "0:00-24:00" };
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Hours that are days away, in any zone. */
function notNow() {
  const day = days[(new Date().getUTCDay() + 3) % 7];
  return { hours: `${day} 9:00-12:00`, zone: "UTC" };
}

describe.concurrent("a warm model", () => {
  test("is ready without a request when Hearth has started", async ({ start }) => {
    const hearth = await start({ models: [{ id: "a", warm: "start", pinned: true }, { id: "b" }] });
    await hearth.untilState("a", "ready");
    expect((await hearth.model("b")).state).toBe("absent");
    expect((await hearth.get("/running")).json).toEqual({ running: [{ model: "a", state: "ready" }] });
    expect((await hearth.chat("a")).status).toBe(200);
    expect(hearth.stats("a", "start")).toHaveLength(1);
  });

  test("is loaded in its hours and does not stop for idleness before they end", async ({ start }) => {
    const models = (warm: object) => [{ id: "a", idleStop: "1s", warm }];
    const hearth = await start({ models: models(always) });
    await hearth.untilState("a", "ready");
    expect((await hearth.model("a")).stopsAt).toBeNull();
    hearth.writeModels(models(notNow()));
    await hearth.untilState("a", "absent");
    expect(hearth.stats("a", "start")).toHaveLength(1);
    expect((await hearth.chat("a")).status).toBe(200);
  });

  test("makes room for a request at once, and comes back when that model has gone", async ({ start }) => {
    const big = { memory: "700MiB" };
    const hearth = await start({
      models: [
        { id: "a", warm: always, ...big },
        { id: "b", idleStop: "1s", ...big },
      ],
    });
    await hearth.untilState("a", "ready");
    expect((await hearth.chat("b")).status).toBe(200);
    await hearth.untilStats("a", "start", undefined, 2);
    await hearth.untilState("a", "ready");
    expect((await hearth.model("b")).state).toBe("absent");
  });

  test("found running by the next Hearth is not started a second time", async ({ start }) => {
    const options = { models: [{ id: "a", warm: "start" }] };
    const first = await start(options);
    await first.untilState("a", "ready");
    await first.kill("SIGKILL");
    const second = await start({ ...options, home: first.home });
    await second.untilState("a", "ready");
    expect((await second.chat("a")).status).toBe(200);
    expect(second.stats("a", "start")).toHaveLength(1);
  });
});
