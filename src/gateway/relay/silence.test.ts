import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect } from "vitest";
import { test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { crowdOf } from "./crowd.ts";
import { Silence } from "./silence.ts";

const minute = 60_000;
const nobody = () => false;
const somebody = () => true;

describe("a request that hangs", () => {
  test("has its whole time while nobody waits, and a third of it while somebody does", () => {
    const silence = new Silence(0);
    expect(silence.isHung(10 * minute, 10 * minute, nobody)).toBe(false);
    expect(silence.isHung(10 * minute + 1, 10 * minute, nobody)).toBe(true);
    expect(silence.isHung(200_000, 10 * minute, somebody)).toBe(false);
    expect(silence.isHung(200_001, 10 * minute, somebody)).toBe(true);
  });

  test("has two minutes at least behind which somebody waits, and never more than its time", () => {
    expect(new Silence(0).isHung(2 * minute, 3 * minute, somebody)).toBe(false);
    expect(new Silence(0).isHung(2 * minute + 1, 3 * minute, somebody)).toBe(true);
    expect(new Silence(0).isHung(minute + 1, minute, nobody)).toBe(true);
  });

  test("is not one that gave a byte, but still is where only its engine has answered a probe", async () => {
    const silence = new Silence(performance.now() - 10 * minute);
    await silence.isDeath({ answers: async () => true, progress: () => null as never, release: () => {} });
    const now = performance.now();
    silence.look(now);
    expect(silence.isHung(now, 9 * minute, nobody)).toBe(true);
    silence.stir();
    silence.look(now);
    expect(silence.isHung(now + 9 * minute, 9 * minute, nobody)).toBe(false);
  });

  test("who waits is looked up every few seconds only", () => {
    const link = new TestLink({ id: "a" });
    const crowd = crowdOf(link);
    expect(crowd.waits(0)).toBe(false);
    link.acquire(
      { id: "r", model: "a", client: "c", priority: "interactive", work: "chat", whenBusy: "hold" },
      { granted: () => {}, refused: () => {}, cut: () => {} },
    );
    expect([crowd.waits(4999), crowd.waits(5000)]).toEqual([false, true]);
  });
});

test.for([true, false])(
  "ends, on an engine whose other answers go on; streamed: %s",
  async (streamed, { serve, stub }) => {
    const engine = await stub((body, _, response) => {
      if (!body.includes("hang")) response.end("served");
      else if (streamed) response.writeHead(200, { "content-type": "text/event-stream" }).write("data: {}\n\n");
    });
    const link = new TestLink({ id: "a" });
    link.engine("a", engine.origin);
    const { client } = await serve(link, { policy: { silence: 0.2 } });
    if (streamed) {
      const stream = await client.stream("a", { user: "hang" });
      expect(await stream.ended).toBe("broken");
      expect(stream.error?.code).toBe("engine_stalled");
    } else {
      const { status, json, headers } = await client.chat("a", { user: "hang" });
      expect([status, json.error.code]).toEqual([504, "engine_stalled"]);
      expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
    await expect.poll(() => engine.seen[0]!.response.destroyed).toBe(true);
    expect((await client.chat("a")).text).toBe("served");
    expect(engine.seen.filter(({ request }) => request.url !== "/metrics")).toHaveLength(2);
  },
);

/** An engine whose one answer takes until it was asked for its counters so often, `counted` at each. */
function counting(reads: number, counted: (read: number) => string) {
  let read = 0;
  let answer = () => {};
  return (_: Buffer, { url }: IncomingMessage, response: ServerResponse) => {
    if (url !== "/metrics") {
      answer = () => response.end("served");
      return;
    }
    read += 1;
    response.end(counted(read));
    if (read === reads) answer();
  };
}

test("an answer that is not streamed goes on for as long as its engine is seen to work at it", async ({
  serve,
  stub,
}) => {
  const engine = await stub(
    counting(7, (read) => `vllm:generation_tokens_total{engine="0"} ${read}.0\nvllm:num_requests_running 1.0\n`),
  );
  const link = new TestLink({ id: "a", running: 1 });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { policy: { silence: 0.05 } });
  expect((await client.chat("a")).text).toBe("served");
  expect(engine.seen.filter(({ request }) => request.url === "/metrics").length).toBeGreaterThanOrEqual(7);
});

test.for([
  ["whose engine counts nothing on", 1, () => "vllm:generation_tokens_total 5\nvllm:num_requests_running 1\n"],
  [
    "that its engine does not have",
    2,
    (n: number) => `vllm:generation_tokens_total ${n}\nvllm:num_requests_running 1\n`,
  ],
  ["whose engine is always at others", 1, (n: number) => `vllm:generation_tokens_total ${n}\n`],
] as const)("an answer %s is ended", async ([, running, counted], { serve, stub }) => {
  const engine = await stub(counting(Number.POSITIVE_INFINITY, counted));
  const link = new TestLink({ id: "a", running });
  link.engine("a", engine.origin);
  const { client } = await serve(link, { policy: { silence: 0.05 } });
  const { status, json } = await client.chat("a");
  expect([status, json.error.code]).toEqual([504, "engine_stalled"]);
});
