import { expect, test } from "vitest";
import type { TrialServer, WholeAnswer } from "../http.ts";
import type { Subject } from "../subject.ts";
import { soakTrial } from "./soak.ts";

const context = 32_000;

interface Engine {
  /** Status and counted tokens of a prompt of so many real tokens. */
  answer(tokens: number): { status: number; counted?: number };
  /** GiB that are free after so many requests. */
  free?(requests: number): number;
}

/** A server whose tokens are four letters long, and what was sent to it. */
function subject({ answer, free = () => 100 }: Engine): { subject: Subject; sizes: number[] } {
  const sizes: number[] = [];
  const reply = (status: number, json: unknown): WholeAnswer => ({ status, json, text: "", seconds: 1 });
  const server: TrialServer = {
    async send(_, path, { body } = {}) {
      if (path === "/debug/state") {
        return reply(200, { memory: { availableGiB: free(sizes.length), floorGiB: 8 }, models: [{ id: "a" }] });
      }
      const { messages } = body as { messages: { content: string }[] };
      const tokens = Math.ceil(messages[0]!.content.length / 4);
      sizes.push(tokens);
      const { status, counted = tokens } = answer(tokens);
      return reply(status, status === 200 ? { usage: { prompt_tokens: counted } } : { error: { message: "no" } });
    },
    stream: () => Promise.reject(new Error("nothing is streamed")),
  };
  const model = { id: "a", capabilities: ["chat" as const], context, memoryGiB: 1 };
  return { subject: { model, server, progress() {} }, sizes };
}

test("an engine that takes its window is said to, with the prompt that proved it", async () => {
  const { subject: whole } = subject({ answer: (tokens) => ({ status: tokens <= context ? 200 : 400 }) });
  const seen = await soakTrial.run(whole);
  expect(seen).toMatchObject({ figures: { contextTokens: expect.any(Number) } });
  const { contextTokens = 0 } = (seen as { figures: { contextTokens?: number } }).figures;
  expect(contextTokens).toBeGreaterThan(context * 0.94);
});

test("the real ceiling of an engine that takes less than is claimed is found", async () => {
  const { subject: half } = subject({ answer: (tokens) => ({ status: tokens <= 15_000 ? 200 : 400 }) });
  const failure = await soakTrial.run(half).catch((error: unknown) => error);
  expect(failure).toMatchObject({ came: { error: { message: "no" } } });
  const { contextTokens } = (failure as { figures: { contextTokens: number } }).figures;
  expect(contextTokens).toBeLessThanOrEqual(15_000);
  expect(contextTokens).toBeGreaterThan(14_000);
});

test("nothing more is sent to an engine that failed over a prompt", async () => {
  const { subject: dying, sizes } = subject({ answer: (tokens) => ({ status: tokens < 5000 ? 200 : 502 }) });
  await expect(soakTrial.run(dying)).rejects.toThrow(/fails over a prompt after \d+ tokens: status 502/);
  expect(sizes.filter((tokens) => tokens >= 5000)).toHaveLength(1);
});

test("an engine that cuts prompts in silence is found out", async () => {
  const cut = (tokens: number) => ({ status: 200, counted: Math.min(tokens, 4096) });
  await expect(soakTrial.run(subject({ answer: cut }).subject)).rejects.toThrow(/cuts prompts in silence/);
});

test("it stops before the host is short of memory", async () => {
  const { subject: tight, sizes } = subject({
    answer: () => ({ status: 200 }),
    free: (requests) => 12 - requests * 1.5,
  });
  await expect(soakTrial.run(tight)).rejects.toThrow(/stopped at \d[\d,]* tokens: .* must stay so/);
  expect(sizes.length).toBeLessThan(3);
});
