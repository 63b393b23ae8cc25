/** What a relayed request can be told when it does not end as it should. */
import type { ProblemData } from "../../domain/problem.ts";
import type { Ticket } from "../../link/link.ts";
import { prompting } from "./progress.ts";

export function heldTooLong(model: string, ticket: Ticket | null): ProblemData {
  const { place, phase, percent, secondsLeft } = ticket?.progress() ?? prompting;
  const left = secondsLeft === null ? "" : `, about ${Math.ceil(secondsLeft)} s left`;
  return {
    code: "model_loading",
    message: `${model} is not ready yet (${phase}${left}). Its load goes on: ask again after Retry-After, or stream to be held longer.`,
    retryAfterSeconds: secondsLeft ?? 10,
    data: { place, phase, percent, seconds_left: secondsLeft },
  };
}

export function engineDied(model: string, error: Error): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} ended before it answered (${error.message}). \`hearth logs ${model}\` shows why.`,
  };
}

/** To be refused for good, so that clients do not try again by themselves. */
export function endsEngine(model: string): ProblemData {
  return {
    code: "request_ends_engine",
    message: `This request ended the engine of ${model} twice, so it is not sent again. Change it; \`hearth logs ${model}\` shows what it did.`,
  };
}

export function brokenAnswer(model: string, error: Error): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} broke off in its answer (${error.message}): what came so far is not complete. \`hearth logs ${model}\` shows why.`,
  };
}

/** It closed its answer in good order, as if that were all. */
export function unfinished(model: string): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} ended its answer without its end: what came so far is not complete. \`hearth logs ${model}\` may show why.`,
  };
}

/** Engines answer where they are asked. Wherever this one points, it is no place for our client. */
export function redirected(model: string, status: number): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} answered with a redirect (${status}). Check \`hearth logs ${model}\` and its runtime.`,
  };
}

/** The engine lives, or its waker would have said so. */
export function hung(model: string): ProblemData {
  return {
    code: "engine_stalled",
    message: `The engine of ${model} gave nothing of this answer for too long (\`policy.silence\`), so the request was ended there. Its other answers go on. Ask again, stream a long answer, or raise \`policy.silence\`.`,
    retryAfterSeconds: 10,
  };
}

export function stalled(model: string, seconds: number): ProblemData {
  return {
    code: "engine_stalled",
    message: `The engine of ${model} sent nothing for ${seconds} s and does not answer a test either; it is being restarted. Ask again.`,
    retryAfterSeconds: 10,
  };
}
