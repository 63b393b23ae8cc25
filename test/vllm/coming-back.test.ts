import { expect, test } from "vitest";
import { processesOfSession } from "./engine-processes.ts";
import { useHearth } from "./use-hearth.ts";
import { testMilliseconds, vllmModel } from "./vllm-model.ts";
import { withVllm } from "./with-vllm.ts";

withVllm("vLLM that outlives Hearth, and Hearth that outlives vLLM", (weights) => {
  const running = useHearth([vllmModel("smollm2", weights)]);
  const short = { max_tokens: 5 };
  const loads = async () => {
    const { text } = await running.server.get("/metrics");
    return Number(/^hearth_load_seconds_count\{model="smollm2"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  test("after kill -9 of Hearth the next one adopts it", { timeout: testMilliseconds }, async () => {
    expect((await running.server.chat("smollm2", short)).status).toBe(200);
    const leader = await running.leaderOf("smollm2");
    const processes = processesOfSession(leader);
    await running.server.kill("SIGKILL");
    await running.startAgain();
    expect((await running.server.chat("smollm2", short)).status).toBe(200);
    expect(await running.leaderOf("smollm2")).toBe(leader);
    expect(processesOfSession(leader)).toEqual(processes);
    expect(await loads()).toBe(0);
  });

  test("a worker that is killed breaks its answer visibly, and is replaced", {
    timeout: testMilliseconds,
  }, async () => {
    const leader = await running.leaderOf("smollm2");
    const stream = await running.server.stream("smollm2", { max_tokens: 1500, ignore_eos: true });
    await stream.until("some words", ({ words }) => words.length > 10, 60);
    process.kill(processesOfSession(leader).at(-1)!, "SIGKILL");
    await stream.ended;
    // vLLM lives on for a moment, to say so itself.
    expect(stream.error?.message).toContain("EngineCore");
    await running.server.until("vLLM to end", async () => processesOfSession(leader).length === 0, 60);
    const { status, text } = await running.server.chat("smollm2", short);
    expect(status, text).toBe(200);
    expect(await running.leaderOf("smollm2")).not.toBe(leader);
    expect(await loads()).toBe(1);
  });
});
