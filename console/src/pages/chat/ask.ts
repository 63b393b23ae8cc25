/** One question to one model, its answer as it comes. */
import { EventSourceParserStream } from "eventsource-parser/stream";
import { errorOf } from "../../api/client.ts";
import type { Answer } from "./conversation.ts";

export interface Wanted {
  model: string;
  messages: object[];
  temperature: number | null;
  maxTokens: number | null;
  json: boolean;
}

export function bodyOf({ model, messages, temperature, maxTokens, json }: Wanted): Record<string, unknown> {
  return {
    model,
    messages,
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(json ? { response_format: { type: "json_object" } } : {}),
  };
}

interface Chunk {
  choices?: { delta?: { content?: string; reasoning_content?: string; reasoning?: string }; finish_reason?: string }[];
  usage?: { completion_tokens?: number } | null;
  error?: { message?: string };
}

/** Calls `onChange` with the answer as far as it has come; the last call carries its end. Never rejects. */
export async function ask(wanted: Wanted, onChange: (answer: Answer) => void, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  let answer: Answer = {
    ...{ model: wanted.model, text: "", thinking: "", error: null, end: "running" },
    ...{ firstWord: null, seconds: null, tokens: null },
  };
  const change = (next: Partial<Answer>) => {
    answer = { ...answer, ...next };
    onChange(answer);
  };
  const since = (milliseconds: number) => (performance.now() - milliseconds) / 1000;
  const finish = (end: Answer["end"], error: string | null = null) => {
    const seconds = answer.firstWord === null ? null : since(began) - answer.firstWord;
    change({ end, error, seconds });
  };
  change({});
  try {
    let reason = "";
    for await (const chunk of chunksOf(wanted, signal)) {
      if (chunk.error) throw new Error(chunk.error.message ?? "");
      const [choice] = chunk.choices ?? [];
      const { content = "", reasoning_content, reasoning } = choice?.delta ?? {};
      const thought = reasoning_content ?? reasoning ?? "";
      reason = choice?.finish_reason ?? reason;
      if (chunk.usage?.completion_tokens !== undefined) change({ tokens: chunk.usage.completion_tokens });
      if (!content && !thought) continue;
      const firstWord = answer.firstWord ?? since(began);
      change({ text: answer.text + (content ?? ""), thinking: answer.thinking + thought, firstWord });
    }
    finish(reason === "length" ? "length" : "whole");
  } catch (error) {
    if (signal.aborted) finish("stopped");
    else finish("whole", error instanceof Error ? error.message : String(error));
  }
}

async function* chunksOf(wanted: Wanted, signal: AbortSignal): AsyncGenerator<Chunk> {
  const response = await fetch("/v1/chat/completions", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...bodyOf(wanted), stream: true, stream_options: { include_usage: true } }),
    signal,
  });
  if (!response.ok) throw await errorOf(response);
  const events = response.body!.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value.data === "[DONE]") return;
    yield JSON.parse(value.data) as Chunk;
  }
}
