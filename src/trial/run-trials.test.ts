import { expect, test } from "vitest";
import type { Capability } from "../domain/model.ts";
import type { TrialServer } from "./http.ts";
import { runTrials } from "./run-trials.ts";
import type { Subject } from "./subject.ts";

const signal = new AbortController().signal;

/** A server that answers each path with this status and JSON; anything else with 500. */
function subject(answers: Record<string, [status: number, json: unknown]>, capabilities: Capability[] = ["chat"]) {
  const asked: string[] = [];
  const answer = (path: string) => {
    asked.push(path);
    const [status, json] = answers[path.split("?")[0]!] ?? [500, { error: { message: "it is broken" } }];
    return { status, json, text: JSON.stringify(json), seconds: 0, events: [], broken: null };
  };
  const server: TrialServer = {
    send: async (_, path) => answer(path),
    stream: async (path) => answer(path),
  };
  const model = { id: "a", capabilities, context: 4096, memoryGiB: 1 };
  const tried: Subject = { model, server, progress() {} };
  return { tried, asked };
}

const state = { models: [{ id: "a", state: "ready", running: 0, waiting: 0, process: { rssGiB: 2 } }] };
const well: Record<string, [number, unknown]> = { "/ensure/a": [200, {}], "/debug/state": [200, state] };

test("what the entry does not claim is skipped with the reason, and so is what takes long when it is to be quick", async () => {
  const { tried } = subject(well);
  const { results } = await runTrials(tried, { quick: true, only: ["soak", "vision", "apis/rerank"] }, signal);
  expect(results).toEqual([
    { trial: "apis/rerank", outcome: "skipped", says: "its entry does not claim rerank", seconds: null },
    { trial: "vision", outcome: "skipped", says: "its entry does not claim vision", seconds: null },
    { trial: "soak", outcome: "skipped", says: "left out by --quick", seconds: null },
  ]);
});

test("a claim that fails shows what was sent and what came, and the next is tried all the same", async () => {
  const { tried } = subject({ ...well, "/v1/messages": [200, { content: [{ type: "text", text: "Hello." }] }] });
  const { results } = await runTrials(tried, { quick: true, only: ["apis/responses", "apis/anthropic"] }, signal);
  expect(results).toMatchObject([
    { outcome: "failed", says: "status 500", sent: { model: "a" }, came: { error: { message: "it is broken" } } },
    { outcome: "passed", says: "6 letters" },
  ]);
});

test("a model that does not start fails once, with the server's words", async () => {
  const { tried, asked } = subject({
    "/ensure/a": [503, { error: { code: "model_unavailable", message: "It crashed." } }],
  });
  const { results } = await runTrials(tried, { quick: true, only: ["apis/chat", "memory"] }, signal);
  expect(results).toMatchObject([
    { trial: "apis/chat", outcome: "failed", says: "It crashed." },
    { trial: "memory", outcome: "skipped", says: "a does not start" },
  ]);
  expect(asked).toEqual(["/ensure/a"]);
});

test("an engine that takes more memory than its entry claims fails", async () => {
  const { tried } = subject({
    ...well,
    "/v1/chat/completions": [200, { choices: [{ message: { content: "Hello." } }] }],
  });
  const { results, figures } = await runTrials(tried, { quick: true, only: ["apis/chat", "memory"] }, signal);
  expect(results).toMatchObject([
    { outcome: "passed" },
    { trial: "memory", outcome: "failed", says: "takes 2.0 GiB, and 1.0 GiB are claimed" },
  ]);
  expect(figures.memory).toEqual({ restGiB: 2, peakGiB: 2, endGiB: 2 });
});

test("a model that somebody uses is not stopped for its load to be measured", async () => {
  const busy = { models: [{ ...state.models[0], running: 1 }] };
  const { tried, asked } = subject({ ...well, "/debug/state": [200, busy] });
  const { results } = await runTrials(tried, { quick: false, only: ["speed/cold"] }, signal);
  expect(results).toMatchObject([{ outcome: "skipped", says: "somebody else uses it now" }]);
  expect(asked.filter((path) => path.endsWith("/stop"))).toEqual([]);
});
