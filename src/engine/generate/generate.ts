/** One answer, from waiting for a sequence to its last piece of text. */
import type { LanguageModel, Sampling } from "../language-model.ts";
import type { EngineMetrics } from "../metrics.ts";
import type { Slots } from "./slots.ts";
import { StopStrings } from "./stop-strings.ts";
import { TokenText } from "./token-text.ts";

export interface Generator {
  model: LanguageModel;
  slots: Slots;
  metrics: EngineMetrics;
}

export interface Question {
  prompt: readonly number[];
  sampling: Sampling;
  /** Tokens that the answer may have, at least 1. */
  limit: number;
  stop: readonly string[];
  /** Watches the raw text, for a grammar that begins in the middle of an answer. */
  onText?: (text: string) => void;
}

export interface Ending {
  reason: "stop" | "length";
  /** The stop string that ended it, or null. */
  stop: string | null;
  /** Leading tokens of the prompt that were known from an earlier request. */
  cachedTokens: number;
  promptTokens: number;
  answerTokens: number;
}

/** Yields pieces of text, none of them empty; returns how it ended. Throws the signal's reason when that aborts. */
export async function* generate(
  { model, slots, metrics }: Generator,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<string, Ending> {
  const { prompt, sampling, limit, onText } = question;
  const arrival = performance.now();
  const sequence = await slots.take(prompt, signal).catch((error: unknown) => {
    metrics.finished("abort", performance.now() - arrival);
    throw error;
  });
  let answerTokens = 0;
  try {
    const cachedTokens = Math.min(sequence.known(prompt), prompt.length - 1);
    const text = new TokenText(model, prompt);
    const stops = new StopStrings(question.stop);
    const certain = (raw: string): string => {
      if (raw !== "") onText?.(raw);
      return stops.push(raw);
    };
    for await (const token of sequence.generate(prompt, sampling, limit, signal)) {
      if (answerTokens++ === 0) metrics.firstToken(prompt.length, performance.now() - arrival);
      metrics.token();
      const piece = certain(text.push(token));
      if (piece !== "") yield piece;
      if (stops.met !== null) break;
    }
    signal.throwIfAborted();
    const rest = certain(text.end()) + stops.end();
    if (rest !== "") yield rest;
    const reason = stops.met === null && answerTokens >= limit ? "length" : "stop";
    metrics.finished(reason, performance.now() - arrival);
    return { reason, stop: stops.met, cachedTokens, promptTokens: prompt.length, answerTokens };
  } catch (error) {
    metrics.finished(signal.aborted ? "abort" : "error", performance.now() - arrival);
    throw error;
  } finally {
    slots.giveBack(sequence);
  }
}
