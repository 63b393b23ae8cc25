/** A generated answer in OpenAI's chat shapes: one object, or chunks with deltas. */
import { randomUUID } from "node:crypto";
import type { Ending } from "../generate/generate.ts";
import { type AnswerEvent, CallReader } from "../tools/call-reader.ts";
import type { AnswerHead } from "./answer-head.ts";
import { usageOf } from "./usage.ts";

type Pieces = AsyncGenerator<string, Ending>;

interface ToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

export async function chatCompletion(head: AnswerHead, pieces: Pieces, withCalls: boolean): Promise<object> {
  let content = "";
  const calls: ToolCall[] = [];
  const events = answerEvents(pieces, withCalls);
  let step = await events.next();
  for (; step.done !== true; step = await events.next()) {
    const event = step.value;
    if (event.kind === "text") content += event.text;
    else if (event.kind === "call") calls.push(newCall(event.name));
    else calls[event.index]!.function.arguments += event.text;
  }
  const message = {
    role: "assistant",
    content: content === "" && calls.length > 0 ? null : content,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const choice = { index: 0, message, logprobs: null, ...finishOf(step.value, calls.length) };
  return { ...head, object: "chat.completion", choices: [choice], usage: usageOf([step.value]) };
}

export interface ChunkOptions {
  withCalls: boolean;
  withUsage: boolean;
}

export async function* chatChunks(head: AnswerHead, pieces: Pieces, options: ChunkOptions): AsyncGenerator<object> {
  const chunk = (delta: object, finish: object = { finish_reason: null }) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, logprobs: null, ...finish }],
    ...(options.withUsage ? { usage: null } : {}),
  });
  let calls = 0;
  const events = answerEvents(pieces, options.withCalls);
  let step = await events.next();
  yield chunk({ role: "assistant", content: "" });
  for (; step.done !== true; step = await events.next()) {
    if (step.value.kind === "call") calls++;
    yield chunk(deltaOf(step.value));
  }
  yield chunk({}, finishOf(step.value, calls));
  if (options.withUsage) yield { ...chunk({}), choices: [], usage: usageOf([step.value]) };
}

/** Text and calls of an answer; without tools, all of it is text. */
async function* answerEvents(pieces: Pieces, withCalls: boolean): AsyncGenerator<AnswerEvent, Ending> {
  const reader = new CallReader();
  try {
    let step = await pieces.next();
    for (; step.done !== true; step = await pieces.next()) {
      if (withCalls) yield* reader.push(step.value);
      else yield { kind: "text", text: step.value };
    }
    yield* reader.end();
    return step.value;
  } finally {
    await pieces.return(undefined as never);
  }
}

function deltaOf(event: AnswerEvent): object {
  if (event.kind === "text") return { content: event.text };
  if (event.kind === "call") return { tool_calls: [{ index: event.index, ...newCall(event.name) }] };
  return { tool_calls: [{ index: event.index, function: { arguments: event.text } }] };
}

function newCall(name: string): ToolCall {
  return { id: `call_${randomUUID().replaceAll("-", "")}`, type: "function", function: { name, arguments: "" } };
}

/** `stop_reason` is vLLM's: which stop string it was. */
function finishOf({ reason, stop }: Ending, calls: number): { finish_reason: string; stop_reason: string | null } {
  return { finish_reason: calls > 0 && reason === "stop" ? "tool_calls" : reason, stop_reason: stop };
}
