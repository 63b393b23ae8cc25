import { expect, test } from "vitest";
import { engineStream, said } from "../../../../test/support/dialects/engine-stream.ts";
import { eventsIn } from "../../../../test/support/dialects/events-in.ts";
import { responsesDialect } from "./dialect.ts";
import { responses } from "./translation.ts";

const about = { id: "r", model: "m" };
const clock = { now: () => 5000, receivedAt: 5000, askedAt: 5000 };
const tools = [
  { type: "function", name: "read" },
  { type: "custom", name: "patch" },
];

function streamOf(engine: string[]) {
  const { push, end } = responses({ input: "hi", stream: true, tools }).answer(about, clock);
  return eventsIn(engine.map((chunk) => push(Buffer.from(chunk))).join("") + end());
}

test("a whole answer becomes the full sequence of events, numbered without a gap", () => {
  const events = streamOf(
    engineStream([
      said.reasoning("hm"),
      said.text("yes"),
      said.call(0, "read", '{"a":', "1}"),
      said.call(1, "patch", '{"input":"***"}'),
      said.finish("tool_calls"),
    ]),
  );
  const item = (kind: string, ...inner: string[]) => [
    "output_item.added",
    ...inner.map((name) => name.replace("*", kind)),
    "output_item.done",
  ];
  const part = ["content_part.added", "*.delta", "*.done", "content_part.done"];
  expect(events.map(({ event }) => event.replace("response.", ""))).toEqual([
    "created",
    "in_progress",
    ...item("reasoning_text", ...part),
    ...item("output_text", ...part),
    ...item("function_call_arguments", "*.delta", "*.delta", "*.done"),
    ...item("custom_tool_call_input", "*.delta", "*.done"),
    "completed",
  ]);
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index));
  for (const { event, data } of events) expect(data.type).toBe(event);
  const { response } = events.at(-1)!.data;
  expect(response).toMatchObject({ status: "completed", model: "m", created_at: 5, store: false });
  expect(response.output).toMatchObject([
    { type: "reasoning", content: [{ type: "reasoning_text", text: "hm" }] },
    { type: "message", content: [{ type: "output_text", text: "yes" }] },
    { type: "function_call", call_id: "call_0", name: "read", arguments: '{"a":1}' },
    { type: "custom_tool_call", call_id: "call_1", name: "patch", input: "***" },
  ]);
  expect(response.usage).toMatchObject({ input_tokens: 7, output_tokens: 3, total_tokens: 10 });
  expect(response.output).toEqual(
    events.filter(({ event }) => event === "response.output_item.done").map(({ data }) => data.item),
  );
});

test("an answer that the limit cut off is incomplete, in its last event and its last item", () => {
  const { event, data } = streamOf(engineStream([said.text("half"), said.finish("length")])).at(-1)!;
  expect(event).toBe("response.incomplete");
  expect(data.response).toMatchObject({
    incomplete_details: { reason: "max_output_tokens" },
    output: [{ type: "message", status: "incomplete" }],
  });
});

test("an answer without an end is not given one", () => {
  expect(() => streamOf(engineStream([said.text("half")]))).toThrow("what came so far is not complete");
});

test("a stream that fails says that its response failed, then why", () => {
  const events = eventsIn(
    responsesDialect.streamError({ code: "engine_failed", message: "it broke" }, about, true, ""),
  );
  expect(events).toMatchObject([
    {
      event: "response.failed",
      data: { response: { id: "resp_r", status: "failed", error: { message: "it broke" } } },
    },
    { event: "error", data: { message: "it broke", error: { code: "engine_failed" } } },
  ]);
});

test("a buffered answer is the response of the stream's last event", () => {
  const { push, end } = responses({ input: "hi" }).answer(about, clock);
  push(Buffer.from('{"choices":[{"message":{"content":"yes","reasoning":"hm"},"finish_reason":"stop"}]}'));
  expect(JSON.parse(String(end()))).toMatchObject({
    object: "response",
    status: "completed",
    output: [{ type: "reasoning" }, { type: "message", content: [{ text: "yes" }] }],
  });
});

test("a refusal is a part of its own, in its own events", () => {
  const events = streamOf(
    engineStream([[{ delta: { refusal: "I will " } }, { delta: { refusal: "not." } }], said.finish("stop")]),
  );
  expect(events.map(({ event }) => event.replace("response.", ""))).toEqual([
    "created",
    "in_progress",
    "output_item.added",
    "content_part.added",
    "refusal.delta",
    "refusal.delta",
    "refusal.done",
    "content_part.done",
    "output_item.done",
    "completed",
  ]);
  expect(events.at(-1)!.data.response.output).toMatchObject([
    { type: "message", role: "assistant", content: [{ type: "refusal", refusal: "I will not." }] },
  ]);
});

test("tokens come with their probabilities where they were asked for", () => {
  const token = (text: string) => ({ token: text, logprob: -0.5, bytes: null, top_logprobs: [] });
  const piece = (text: string) => [{ delta: { content: text }, logprobs: { content: [token(text)] } }];
  const events = streamOf(engineStream([piece("ye"), piece("s"), said.finish("stop")]));
  const told = (name: string) => events.find(({ event }) => event === `response.output_text.${name}`)!.data.logprobs;
  expect([told("delta"), told("done")]).toEqual([[token("ye")], [token("ye"), token("s")]]);
  expect(events.at(-1)!.data.response.output[0].content[0].logprobs).toEqual([token("ye"), token("s")]);
});
