import { expect, test, vi } from "vitest";
import type { AcquireRequest, LinkHost } from "./link.ts";
import { settling } from "./settling.ts";

const request: AcquireRequest = {
  id: "r",
  model: "a",
  client: "me",
  priority: "interactive",
  work: "chat",
  whenBusy: "hold",
};
const listener = { granted() {}, refused() {}, cut() {} };
const progress = { place: 2, phase: "loading", percent: 1, secondsLeft: 9 };

/** A host that writes down what reaches it. */
function recorded() {
  const heard: string[] = [];
  const ticket = {
    progress: () => progress,
    answers: async () => false,
    release: (outcome: string) => void heard.push(`release ${outcome}`),
  };
  const host = {
    acquire: ({ id }: AcquireRequest) => {
      heard.push(`acquire ${id}`);
      return ticket;
    },
    resume: ({ id }: AcquireRequest) => {
      heard.push(`resume ${id}`);
      return ticket;
    },
  } as unknown as LinkHost;
  return { heard, host };
}

test("leases are resumed before any new request is heard", () => {
  vi.useFakeTimers();
  const { heard, host } = recorded();
  const settled = settling(host, 4000);
  const ticket = settled.acquire(request, listener);
  settled.resume({ ...request, id: "old" }, {} as never, listener);
  expect(ticket.progress().phase).toBe("queued");
  expect(heard).toEqual(["resume old"]);
  vi.advanceTimersByTime(4000);
  expect(heard).toEqual(["resume old", "acquire r"]);
  expect(ticket.progress()).toEqual(progress);
  settled.acquire({ ...request, id: "late" }, listener).release("done");
  expect(heard).toEqual(["resume old", "acquire r", "acquire late", "release done"]);
  vi.useRealTimers();
});

test("a request that leaves before that is never heard of", () => {
  vi.useFakeTimers();
  const { heard, host } = recorded();
  settling(host, 4000).acquire(request, listener).release("aborted");
  vi.advanceTimersByTime(4000);
  expect(heard).toEqual([]);
  vi.useRealTimers();
});
