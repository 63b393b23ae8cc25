import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EngineProcess, startEngine } from "../../../test/support/engine/engine-process.ts";
import { until } from "../../../test/support/until.ts";

let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine({ variant: "random", sizeMb: 16, flags: ["--parallel", "2", "--context", "8192"] });
});

afterAll(() => engine.stop());

/** This model never ends by itself, and takes long to reach the limit. */
function endless(signal: AbortSignal, fields: object = {}): Promise<Response> {
  const body = JSON.stringify({ prompt: "a b c", stream: true, max_tokens: 8000, ...fields });
  return engine.fetch("/v1/completions", { method: "POST", body, signal });
}

const running = () => engine.metric("vllm:num_requests_running");
const waiting = () => engine.metric("vllm:num_requests_waiting");

describe("a client that leaves", () => {
  it("stops its stream within a token", async () => {
    const leave = new AbortController();
    const response = await endless(leave.signal);
    await response.body!.getReader().read();
    expect(await running()).toBe(1);
    leave.abort();
    await until("nothing runs", async () => (await running()) === 0);
    const tokens = await engine.metric("vllm:generation_tokens_total");
    expect(await engine.metric("vllm:generation_tokens_total")).toBe(tokens);
  });

  it("stops its buffered answer, and a prompt that is still being read", async () => {
    const leave = new AbortController();
    const buffered = endless(leave.signal, { stream: false }).catch(() => "left");
    const reading = endless(leave.signal, { prompt: "a b c ".repeat(1000) }).catch(() => "left");
    await until("both run", async () => (await running()) === 2);
    leave.abort();
    expect(await Promise.all([buffered, reading])).toEqual(["left", "left"]);
    await until("nothing runs", async () => (await running()) === 0);
  });
});

describe("more requests than sequences", () => {
  it("run as many as there are, the others in the order of their arrival; who leaves loses only its own place", async () => {
    const leave = [new AbortController(), new AbortController(), new AbortController()];
    await Promise.all([endless(leave[0]!.signal), endless(leave[1]!.signal)]);
    const gone = endless(leave[2]!.signal).catch(() => "left");
    await until("one waits", async () => (await waiting()) === 1);
    const order: string[] = [];
    const short = async (name: string) => {
      const { status } = await engine.post("/v1/completions", { prompt: "a", max_tokens: 3 });
      order.push(`${name} ${status}`);
    };
    const first = short("first");
    await until("two wait", async () => (await waiting()) === 2);
    const second = short("second");
    await until("three wait", async () => (await waiting()) === 3);
    expect(await running()).toBe(2);
    leave[2]!.abort();
    expect(await gone).toBe("left");
    await until("two wait", async () => (await waiting()) === 2);
    leave[0]!.abort();
    await Promise.all([first, second]);
    expect(order).toEqual(["first 200", "second 200"]);
    leave[1]!.abort();
    await until("nothing runs", async () => (await running()) === 0);
  });

  it("answer each as if it were alone", async () => {
    const ask = (seed: number) =>
      engine.post("/v1/completions", { prompt: `a b c ${seed}`, max_tokens: 20, temperature: 1, seed });
    const alone = [await ask(1), await ask(2), await ask(3)];
    const together = await Promise.all([ask(1), ask(2), ask(3)]);
    const texts = (answers: typeof alone) => answers.map(({ body }) => body.choices[0].text);
    expect(texts(together)).toEqual(texts(alone));
    expect(new Set(texts(alone)).size).toBe(3);
  });
});
