import { randomUUID } from "node:crypto";
import type { Knobs } from "./knobs.ts";
import { promptText } from "./tokens.ts";

export type CompletionKind = "chat" | "text";

/** The bodies of one answer in vLLM's form: the stream's events, or the whole. */
export interface Completion {
  words: string[];
  /** JSON of the events that open a stream. */
  opening(): unknown[];
  /** JSON of the event for one word. */
  piece(word: string): unknown;
  /** JSON of the events that end a stream. */
  closing(): unknown[];
  /** JSON of the buffered answer. */
  whole(): unknown;
}

export function completionOf(
  kind: CompletionKind,
  model: string,
  body: Record<string, unknown>,
  knobs: Knobs,
): Completion {
  const limit = [body.max_completion_tokens, body.max_tokens].find((value) => typeof value === "number");
  const count = Math.min(knobs.tokens, typeof limit === "number" ? limit : knobs.tokens);
  const words = Array.from({ length: count }, (_, index) => `${knobs.say ?? `word${index + 1}`} `);
  const calls = count < knobs.tokens ? [] : callsOf(knobs);
  const finish = count < knobs.tokens ? "length" : calls.length > 0 ? "tool_calls" : "stop";
  const reasoning = knobs.reason === undefined ? {} : { reasoning_content: knobs.reason };
  const prompt = Buffer.byteLength(promptText(body));
  const usage = { prompt_tokens: prompt, completion_tokens: count, total_tokens: prompt + count };
  const chat = kind === "chat";
  const head = (object: string) => ({
    id: `${chat ? "chatcmpl" : "cmpl"}-${randomUUID()}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model,
  });
  const chunk = head(chat ? "chat.completion.chunk" : "text_completion");
  const event = (fields: object, reason: string | null) => ({
    ...chunk,
    choices: [{ index: 0, ...fields, logprobs: null, finish_reason: reason }],
  });
  const wantsUsage = (body.stream_options as { include_usage?: unknown } | undefined)?.include_usage === true;
  return {
    words,
    opening: () =>
      chat
        ? [
            event({ delta: { role: "assistant", content: "" } }, null),
            ...(knobs.reason === undefined ? [] : [event({ delta: reasoning }, null)]),
          ]
        : [],
    piece: (word) => event(chat ? { delta: { content: word } } : { text: word }, null),
    closing: () => [
      ...calls.flatMap(({ id, type, function: { name, arguments: text } }, index) =>
        [{ index, id, type, function: { name, arguments: "" } }, ...halves(text, index)].map((piece) =>
          event({ delta: { tool_calls: [piece] } }, null),
        ),
      ),
      event(chat ? { delta: {} } : { text: "" }, finish),
      ...(wantsUsage ? [{ ...chunk, choices: [], usage }] : []),
    ],
    whole: () => ({
      ...head(chat ? "chat.completion" : "text_completion"),
      choices: [
        {
          index: 0,
          ...(chat ? { message: messageOf(words, reasoning, calls) } : { text: words.join("") }),
          logprobs: null,
          finish_reason: finish,
        },
      ],
      usage,
    }),
  };
}

function callsOf({ calls = [] }: Knobs): { id: string; type: string; function: { name: string; arguments: string } }[] {
  return calls.map(({ name, arguments: given }, index) => {
    const text = typeof given === "string" ? given : JSON.stringify(given);
    return { id: `call_${index}`, type: "function", function: { name, arguments: text } };
  });
}

/** Arguments never come in one piece. */
function halves(text: string, index: number): object[] {
  const half = Math.ceil(text.length / 2);
  return [text.slice(0, half), text.slice(half)].map((part) => ({ index, function: { arguments: part } }));
}

function messageOf(words: string[], reasoning: object, calls: object[]): object {
  const content = words.length === 0 && calls.length > 0 ? null : words.join("");
  return { role: "assistant", content, ...reasoning, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}
