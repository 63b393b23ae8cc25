/** One streamed chat completion, as a sequence of what a person cares for. */
import { createParser } from "eventsource-parser";
import { CliError } from "./command.ts";
import { call, type ServerClient } from "./server-client.ts";

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface Waiting {
  place: number;
  phase: string;
  percent: number | null;
  secondsLeft: number | null;
}

export type ChatEvent =
  | { type: "waiting"; waiting: Waiting }
  | { type: "text"; text: string }
  | { type: "usage"; promptTokens: number; completionTokens: number };

interface ChatChunk {
  choices?: { delta?: { content?: string | null } }[];
  usage?: { prompt_tokens: number; completion_tokens: number } | null;
  error?: { message: string };
}

/** Throws a CliError when the answer fails or breaks off. */
export async function* streamChat(
  server: ServerClient,
  request: { model: string; messages: ChatMessage[]; maxTokens: number | null },
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const { model, messages, maxTokens } = request;
  const { body } = await call(server, "/v1/chat/completions", {
    method: "POST",
    json: {
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    },
    signal,
  });
  const events: ChatEvent[] = [];
  let done = false;
  const parser = createParser({
    onComment(comment) {
      const waiting = readComment(comment);
      if (waiting !== null) events.push({ type: "waiting", waiting });
    },
    onEvent({ data }) {
      if (data === "[DONE]") done = true;
      else events.push(...read(JSON.parse(data) as ChatChunk));
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body) {
      parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
      yield* events.splice(0);
    }
  } catch (error) {
    if (error instanceof CliError || signal.aborted) throw error;
    throw new CliError(`The answer broke off: ${(error as Error).message}. See \`hearth logs ${model}\`.`);
  }
  if (!done) throw new CliError(`The answer broke off before its end. See \`hearth logs ${model}\`.`);
}

function* read(chunk: ChatChunk): Generator<ChatEvent> {
  if (chunk.error) throw new CliError(chunk.error.message);
  const text = chunk.choices?.[0]?.delta?.content;
  if (text) yield { type: "text", text };
  if (chunk.usage) {
    yield {
      type: "usage",
      promptTokens: chunk.usage.prompt_tokens,
      completionTokens: chunk.usage.completion_tokens,
    };
  }
}

/** Reads the gateway's waiting line: `hearth place=1 phase="loading" percent=40 seconds_left=12`. */
export function readComment(comment: string): Waiting | null {
  const match = /^\s*hearth place=(\d+) phase=("(?:[^"\\]|\\.)*")(?: percent=(\d+))?(?: seconds_left=(\d+))?$/.exec(
    comment,
  );
  if (match === null) return null;
  const [, place, phase, percent, secondsLeft] = match;
  return {
    place: Number(place),
    phase: JSON.parse(phase!) as string,
    percent: percent === undefined ? null : Number(percent),
    secondsLeft: secondsLeft === undefined ? null : Number(secondsLeft),
  };
}
