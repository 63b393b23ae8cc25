/** The lines of Ollama's answers; a whole answer is a single one. Each route has its own place for the words. */
import type { JsonObject } from "../../../domain/json-object.ts";
import { callsIn } from "../chat/calls.ts";
import type { ChatEvent, Usage } from "../chat/events.ts";
import type { About, Clock } from "../translation.ts";

export interface Said {
  text: string;
  thinking?: string;
  calls?: object[];
}

/** The fields that hold what is said: `message` of a chat, `response` of a plain prompt. */
export type Shape = (said: Said) => Record<string, unknown>;

export const chatShape: Shape = ({ text, thinking, calls }) => ({
  message: {
    role: "assistant",
    content: text,
    ...(thinking === undefined ? {} : { thinking }),
    ...(calls === undefined || calls.length === 0 ? {} : { tool_calls: calls }),
  },
});

export const generateShape: Shape = ({ text, thinking }) => ({
  response: text,
  ...(thinking === undefined ? {} : { thinking }),
});

export function line({ model }: About, at: number, fields: Record<string, unknown>): Record<string, unknown> {
  return { model, created_at: new Date(at).toISOString(), ...fields };
}

/** Beside the words, in the form of OpenAI's chat; nothing where they were not asked for. */
export function logprobsOf(events: ChatEvent[]): { logprobs?: JsonObject[] } {
  const logprobs = events.flatMap((event) => (event.kind === "text" ? (event.logprobs ?? []) : []));
  return logprobs.length === 0 ? {} : { logprobs };
}

/** What the last line says beside the words. `firstWordAt`: null where the answer came whole. */
export function ending(
  reason: string,
  usage: Usage,
  clock: Clock,
  firstWordAt: number | null,
): Record<string, unknown> {
  const { receivedAt, askedAt } = clock;
  const now = clock.now();
  const first = firstWordAt ?? askedAt;
  return {
    done: true,
    done_reason: reason === "length" ? "length" : "stop",
    total_duration: nanoseconds(now - receivedAt),
    load_duration: nanoseconds(askedAt - receivedAt),
    prompt_eval_count: usage.prompt,
    prompt_eval_duration: nanoseconds(first - askedAt),
    eval_count: usage.answer,
    eval_duration: nanoseconds(now - first),
  };
}

/** The calls among these events, their arguments as objects. */
export function toolCalls(events: ChatEvent[]): object[] {
  return callsIn(events).map(({ id, index, name, input }) => ({ id, function: { index, name, arguments: input } }));
}

export function nanoseconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1e6));
}
