import { expect, test } from "vitest";
import { processesOfSession } from "./engine-processes.ts";
import { useHearth } from "./use-hearth.ts";
import { testMilliseconds, vllmModel } from "./vllm-model.ts";
import { withVllm } from "./with-vllm.ts";

withVllm("two vLLM models, and memory for one", (weights) => {
  const running = useHearth([vllmModel("first", weights), vllmModel("second", weights, { idleStop: "10s" })]);
  let second: number;

  test("a switch lets the answer end, then stops every process of it", { timeout: testMilliseconds }, async () => {
    const hearth = running.server;
    const stream = await hearth.stream("first", { max_tokens: 40, ignore_eos: true });
    await stream.until("its first word", ({ words }) => words !== "", testMilliseconds / 1000);
    const leader = await running.leaderOf("first");
    expect(processesOfSession(leader).length).toBeGreaterThan(1);
    const other = hearth.chat("second", { max_tokens: 5 });
    await hearth.until("second to wait", async () => (await hearth.model("second")).waiting === 1);
    expect(await stream.ended).toBe("whole");
    expect(stream.saysDone).toBe(true);
    await hearth.untilState("second", "starting", 120);
    expect(processesOfSession(leader)).toEqual([]);
    const { status, json, headers } = await other;
    expect([status, json.model]).toEqual([200, "second"]);
    console.log(`vllm: switched in ${(Number(headers["x-hearth-wait-ms"]) / 1000).toFixed(1)} s`);
    expect((await hearth.model("first")).state).toBe("absent");
    second = await running.leaderOf("second");
  });

  test("nobody asks: it stops and nothing of it is left", { timeout: testMilliseconds }, async () => {
    await running.server.untilState("second", "absent", 120);
    expect(processesOfSession(second)).toEqual([]);
  });

  test("the load is known for the next time", async () => {
    const { text } = await running.server.get("/metrics");
    expect(text).toMatch(/^hearth_load_seconds_count\{model="second"\} 1$/m);
    expect((await running.server.model("second")).secondsToReady).toBeGreaterThan(1);
  });
});
