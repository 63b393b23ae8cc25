import { expect } from "vitest";
import { planFor, test } from "../../../test/support/gateway/harness.ts";
import { TestLink } from "../../../test/support/gateway/test-link.ts";
import { until } from "../../../test/support/until.ts";

const waitsFor = (link: TestLink, count = 1) => until("a wait", () => link.asked.length === count);

test("a stream is told its place, the phase, per cent and seconds left, again and again, then gets its answer", async ({
  serve,
  stub,
}) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end('data: {"choices":[]}\n\ndata: [DONE]\n\n');
  });
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const stream = await client.stream("a");
  expect(stream.headers).toMatchObject({ "x-hearth-model": "a", "x-request-id": link.asked[0]!.request.id });
  expect([stream.status, stream.headers["content-type"]]).toEqual([200, "text/event-stream; charset=utf-8"]);
  await stream.until("three comments", ({ comments }) => comments.length >= 3);
  expect(stream.text).toMatch(/^(?:: hearth place=1 phase="loading" percent=40 seconds_left=12\n\n)+$/);
  link.progress = { place: 2, phase: 'waiting for "b"', percent: null, secondsLeft: null };
  await stream.until(
    "another phase",
    ({ comments }) => comments.at(-1) === 'hearth place=2 phase="waiting for \\"b\\""',
  );
  link.engine("a", engine.origin);
  expect(await stream.ended).toBe("whole");
  expect(stream.events.map(({ data }) => data)).toEqual(['{"choices":[]}', "[DONE]"]);
  expect(link.asked[0]?.released).toBe("done");
});

test("comments go on after the grant until the engine's first byte", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => void response.writeHead(200, { "content-type": "text/event-stream" }));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  const stream = await client.stream("a");
  await stream.until("a comment", ({ comments }) => comments.some((comment) => comment.includes("processing")));
  engine.seen[0]!.response.end("data: [DONE]\n\n");
  expect(await stream.ended).toBe("whole");
});

test("a quick answer has the engine's own headers and no comment", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => {
    response.writeHead(200, { "content-type": "text/event-stream; x=1", "x-engine": "1" }).end("data: [DONE]\n\n");
  });
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { timing: { firstCommentMs: 5000 } });
  const asked = client.stream("a");
  await waitsFor(link);
  link.engine("a", engine.origin);
  const stream = await asked;
  expect(stream.headers).toMatchObject({ "content-type": "text/event-stream; x=1", "x-engine": "1" });
  await stream.ended;
  expect(stream.comments).toEqual([]);
});

test("a refusal keeps its status before the first comment, and is an event in a cut stream after it", async ({
  serve,
}) => {
  const link = new TestLink({ id: "a" });
  const early = await serve(link, { timing: { firstCommentMs: 5000 } });
  const asked = early.client.stream("a");
  await waitsFor(link);
  link.refuse({ code: "insufficient_memory", message: "900 GiB is too much.", retryAfterSeconds: 7 });
  const stream = await asked;
  expect([stream.status, stream.headers["retry-after"]]).toEqual([503, "7"]);
  await stream.ended;
  expect(JSON.parse(stream.text).error).toMatchObject({ code: "insufficient_memory", param: null });

  const late = await (await serve(link)).client.stream("a");
  await late.until("a comment", ({ comments }) => comments.length > 0);
  link.refuse({ code: "model_unavailable", message: "It failed three times." });
  expect(await late.ended).toBe("broken");
  expect(late.error).toMatchObject({ code: "model_unavailable", message: "It failed three times." });
  expect(late.saysDone).toBe(false);
});

test("a stream of the Responses API is told of an error in its own kind of event", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link);
  const body = JSON.stringify({ model: "a", stream: true, input: "hello" });
  const stream = await client.open("/v1/responses", { method: "POST", body });
  await stream.until("a comment", ({ comments }) => comments.length > 0);
  link.refuse({ code: "model_unavailable", message: "It failed three times." });
  expect(await stream.ended).toBe("broken");
  expect(stream.events.map(({ event, data }) => [event, JSON.parse(data).type, JSON.parse(data).code])).toEqual([
    ["response.failed", "response.failed", undefined],
    ["error", "error", "model_unavailable"],
  ]);
});

test("a buffered request is held up to the limit, then told when to ask again", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, { policy: { hold: { streaming: 30, buffered: 0.1 } } });
  const { status, headers, json } = await client.chat("a");
  expect([status, headers["retry-after"]]).toEqual([503, "12"]);
  expect(json.error).toMatchObject({ code: "model_loading", phase: "loading", percent: 40, seconds_left: 12 });
  expect(link.asked[0]?.released).toBe("aborted");
});

test("Prefer: wait=N shortens the hold, of a stream too, and never lengthens it", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const { client } = await serve(link, {
    policy: { hold: { streaming: 30, buffered: 0.2 } },
    timing: { firstCommentMs: 5000 },
  });
  const stream = await client.stream("a", {}, { headers: { prefer: "respond-async, wait=0.1" } });
  expect(stream.status).toBe(503);
  const { json } = await client.chat("a", {}, { headers: { prefer: "wait=600" } });
  expect(json.error.code).toBe("model_loading");
});

test("wait=0 and whenBusy: reject ask the waker to refuse instead of holding", async ({ serve }) => {
  const link = new TestLink({ id: "a" });
  const held = await serve(link);
  const asked = held.client.chat("a", {}, { headers: { prefer: "wait=0" } });
  await waitsFor(link);
  expect(link.asked[0]?.request.whenBusy).toBe("reject");
  link.refuse({ code: "queue_full", message: "b runs.", retryAfterSeconds: 3.2, data: { current: [{ model: "b" }] } });
  const { status, headers, json } = await asked;
  expect([status, headers["retry-after"]]).toEqual([429, "4"]);
  expect(json.error).toMatchObject({ type: "rate_limit_error", current: [{ model: "b" }], retry_after_seconds: 4 });

  held.apply(planFor({ policy: { whenBusy: "reject" } }));
  const again = held.client.chat("a");
  await waitsFor(link, 2);
  expect(link.asked[1]?.request.whenBusy).toBe("reject");
  link.refuse({ code: "queue_full", message: "b runs." });
  expect((await again).status).toBe(429);
});

test("service_tier flex, and a key for batch work, ask in no hurry", async ({ serve, stub }) => {
  const engine = await stub((_, __, response) => response.end("{}"));
  const link = new TestLink({ id: "a" });
  link.engine("a", engine.origin);
  const { client } = await serve(link);
  await client.chat("a");
  await client.chat("a", { service_tier: "flex" });
  expect(link.asked.map(({ request }) => request.priority)).toEqual(["interactive", "batch"]);
});
