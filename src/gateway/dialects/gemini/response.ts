/** Gemini's `GenerateContentResponse`: a whole answer, or one piece of a streamed one. */
import { callsIn } from "../chat/calls.ts";
import { type ChatEvent, noUsage, type Usage } from "../chat/events.ts";
import type { About } from "../translation.ts";

export type AnswerPart = Record<string, unknown>;

/** `rest`: of the candidate and beside it, where the answer ends with this. */
export function response(
  { id, model }: About,
  parts: AnswerPart[],
  rest: { candidate?: Record<string, unknown>; usage?: Usage } = {},
): Record<string, unknown> {
  return {
    candidates: [{ content: { parts, role: "model" }, ...rest.candidate, index: 0 }],
    ...(rest.usage === undefined ? {} : { usageMetadata: usageMetadata(rest.usage) }),
    modelVersion: model,
    responseId: id,
  };
}

/** `thoughts`: the client reads what the model thinks. */
export function wholeResponse(about: About, events: ChatEvent[], thoughts: boolean): Record<string, unknown> {
  const said = events.flatMap((event) => spoken(event, thoughts));
  const usage = events.find((event) => event.kind === "usage")?.usage ?? noUsage;
  return lastResponse(about, said, events, usage);
}

/** Of each candidate, its own events. */
export function severalCandidates(about: About, choices: ChatEvent[][], thoughts: boolean): Record<string, unknown> {
  const candidates = choices.map((events, index) => {
    const { parts, finishReason } = ending(
      events.flatMap((event) => spoken(event, thoughts)),
      events,
    );
    return { content: { parts, role: "model" }, finishReason, index };
  });
  const usage = choices[0]?.find((event) => event.kind === "usage")?.usage ?? noUsage;
  return { ...response(about, [], { usage }), candidates };
}

/** The answer's end: `said`, what came of calls among the events, and how it ended. */
export function lastResponse(
  about: About,
  said: AnswerPart[],
  events: ChatEvent[],
  usage: Usage,
): Record<string, unknown> {
  const { parts, finishReason } = ending(said, events);
  return response(about, parts, { candidate: { finishReason }, usage });
}

function ending(said: AnswerPart[], events: ChatEvent[]): { parts: AnswerPart[]; finishReason: string } {
  const reason = events.find((event) => event.kind === "finish")?.reason ?? "stop";
  const parts = [...said, ...functionCalls(events, reason === "length")];
  // Google's clients take content without a part for broken, and forget the turn.
  return { parts: parts.length === 0 ? [{ text: "" }] : parts, finishReason: finishReasons.get(reason) ?? "OTHER" };
}

/** What is said with words; calls go out whole. */
export function spoken(event: ChatEvent, thoughts: boolean): AnswerPart[] {
  if (event.kind === "text") return [{ text: event.text }];
  return event.kind === "reasoning" && (thoughts || event.ofWait) ? [{ text: event.text, thought: true }] : [];
}

/** `cutOff`: a call that the limit cut off is none. */
function functionCalls(events: ChatEvent[], cutOff: boolean): AnswerPart[] {
  return callsIn(events)
    .filter(({ whole }) => whole || !cutOff)
    .map(({ id, name, input }) => ({ functionCall: { id, name, args: input } }));
}

const finishReasons = new Map([
  ["stop", "STOP"],
  ["tool_calls", "STOP"],
  ["length", "MAX_TOKENS"],
  ["content_filter", "SAFETY"],
]);

/** Google counts thoughts beside the answer, not in it. */
function usageMetadata({ prompt, cached, answer, reasoning }: Usage): Record<string, number> {
  return {
    promptTokenCount: prompt,
    ...(cached === 0 ? {} : { cachedContentTokenCount: cached }),
    candidatesTokenCount: Math.max(0, answer - reasoning),
    ...(reasoning === 0 ? {} : { thoughtsTokenCount: reasoning }),
    totalTokenCount: prompt + answer,
  };
}
