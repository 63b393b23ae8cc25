/** Grows the prompt until the window is full, and so finds what the engine really takes. Stops before the host is short of memory. */

import { TrialFailure } from "../failure.ts";
import { filler, guessedTokensPerLine } from "../filler.ts";
import { type Growth, isSafe, nextSize } from "../growth.ts";
import { pluck } from "../pluck.ts";
import { lookAt, type Subject } from "../subject.ts";
import type { Seen, Trial } from "../trial.ts";

/** Tokens that are kept for the answer. */
const answerTokens = 16;
/** What a template may add to a prompt. */
const templateTokens = 64;
/** Of the claimed window: so much must be answered. */
const leastFraction = 0.94;
/** An engine that counts less than this of what was sent has cut it. */
const cutFraction = 0.8;

export const soakTrial: Trial = {
  name: "soak",
  group: "soak",
  needs: ["chat"],
  slow: true,
  run: soak,
};

interface Step {
  tokens: number;
  availableGiB: number;
}

async function soak(subject: Subject): Promise<Seen> {
  const { model, progress } = subject;
  const ceiling = Math.max(1, model.context - answerTokens - Math.min(templateTokens, model.context >> 3));
  let growth: Growth = { good: 0, refused: null };
  let tokensPerLine = guessedTokensPerLine;
  let last: Step | null = null;
  let rate = 0;
  let largest = 0;
  let refusal: unknown = null;
  for (let size = nextSize(growth, ceiling); size !== null; size = nextSize(growth, ceiling)) {
    const { memory } = await lookAt(subject);
    if (!isSafe(size, last, memory)) throw unsafe(size, largest, memory);
    progress(`a prompt of ${size.toLocaleString("en")} of ${model.context.toLocaleString("en")} tokens`);
    const lines = Math.max(1, Math.floor(size / tokensPerLine));
    const step = await send(subject, lines, largest);
    if ("refusal" in step) {
      refusal = step.refusal;
      growth = { ...growth, refused: size };
      continue;
    }
    judgeCount(step.tokens, lines, growth.good === 0 ? null : tokensPerLine);
    tokensPerLine = step.tokens / lines;
    last = { tokens: size, availableGiB: memory.availableGiB };
    growth = { ...growth, good: size };
    largest = Math.max(largest, step.tokens);
    rate = step.tokens / step.seconds;
  }
  return verdict(subject, { largest, rate, refusal });
}

function verdict(
  { model }: Subject,
  { largest, rate, refusal }: { largest: number; rate: number; refusal: unknown },
): Seen {
  const reached = `${largest.toLocaleString("en")} of ${model.context.toLocaleString("en")} tokens`;
  const figures = { contextTokens: largest, promptTokensPerSecond: rate };
  if (largest < (model.context - answerTokens - templateTokens) * leastFraction) {
    throw new TrialFailure(`takes prompts of ${reached} only`, { sent: "a longer prompt", came: refusal, figures });
  }
  return { says: `a prompt of ${reached} was answered, read at ${Math.round(rate)} tokens per second`, figures };
}

function unsafe(size: number, largest: number, { availableGiB, floorGiB }: { availableGiB: number; floorGiB: number }) {
  const left = `${availableGiB.toFixed(1)} GiB are free, and ${floorGiB.toFixed(1)} GiB must stay so`;
  return new TrialFailure(`stopped at ${largest.toLocaleString("en")} tokens: ${left}`, {
    sent: `nothing: a prompt of ${size} tokens was not safe`,
    came: null,
    figures: { contextTokens: largest },
  });
}

/** `refusal`: the engine's or the server's own words, where the prompt is too long for it. */
type Sent = { refusal: unknown } | { tokens: number; seconds: number };

const tooLong = new Set([400, 413, 422]);

/** Throws a TrialFailure where the engine fails over it: then nothing larger is sent. */
async function send({ model, server }: Subject, lines: number, largest: number): Promise<Sent> {
  const body = {
    model: model.id,
    messages: [{ role: "user", content: filler(lines, Math.random()) }],
    max_tokens: answerTokens,
  };
  const { status, text, json, seconds } = await server.send("POST", "/v1/chat/completions", { body });
  if (tooLong.has(status)) return { refusal: json ?? text };
  const sent = { ...body, messages: `<a prompt of ${lines} lines>` };
  const figures = { contextTokens: largest };
  if (status !== 200) {
    throw new TrialFailure(`fails over a prompt after ${largest} tokens: status ${status}`, {
      sent,
      came: json ?? text,
      figures,
    });
  }
  const tokens = pluck(json, "usage.prompt_tokens")[0];
  if (typeof tokens !== "number" || tokens <= 0) {
    throw new TrialFailure("the answer does not count the prompt's tokens", { sent, came: json, figures });
  }
  return { tokens, seconds };
}

/** A prompt that was cut without a word. `tokensPerLine`: as the step before counted. */
function judgeCount(tokens: number, lines: number, tokensPerLine: number | null): void {
  if (tokensPerLine === null || tokens >= lines * tokensPerLine * cutFraction) return;
  const expected = Math.round(lines * tokensPerLine);
  throw new TrialFailure(
    `counts ${tokens} tokens in a prompt of about ${expected}: the engine cuts prompts in silence`,
    {
      sent: `<a prompt of ${lines} lines>`,
      came: { prompt_tokens: tokens },
      figures: { contextTokens: tokens },
    },
  );
}
