/** An engine's error, in whatever form it came, as a problem that every API can tell. */
import type { ProblemCode, ProblemData } from "../../../domain/problem.ts";
import { type FullWindow, fullWindowIn } from "./context-sentences.ts";
import { fields } from "./read-message.ts";

/** `body`: the error answer's, or an error event's. */
export function engineProblem(model: string, status: number, body: string): ProblemData {
  const { error, words } = errorIn(body);
  const full = fullWindow(error, words);
  const param = typeof error.param === "string" ? { param: error.param } : {};
  if (full !== null) {
    return {
      code: "context_length_exceeded",
      message: `The engine of ${model} said: ${words}`,
      ...param,
      data: { ...windowFacts(full), engine_status: status },
    };
  }
  return {
    code: codeOf(status),
    message: `The engine of ${model} answered ${status}: ${words}`,
    ...param,
    data: { engine_status: status },
  };
}

/** Null where `body` is no error that says that the prompt does not fit into the window. */
export function overflowProblem(model: string, body: string): ProblemData | null {
  const { error } = parsed(body);
  if (error === undefined || error === null) return null;
  const problem = engineProblem(model, errorStatus(error), body);
  return problem.code === "context_length_exceeded" ? problem : null;
}

function errorIn(body: string): { error: Record<string, unknown>; words: string } {
  const outer = parsed(body);
  const error = typeof outer.error === "object" && outer.error !== null ? fields(outer.error) : outer;
  const said = error.message ?? outer.detail ?? outer.error;
  const words = typeof said === "string" ? said : said === undefined ? "no reason given" : JSON.stringify(said);
  return { error, words };
}

function parsed(body: string): Record<string, unknown> {
  try {
    return fields(JSON.parse(body));
  } catch {
    return {};
  }
}

/** Its words, or the code or type by which the engine calls it. llama.cpp has the tokens in fields of their own. */
function fullWindow(
  { code, type, n_prompt_tokens: prompt, n_ctx: window }: Record<string, unknown>,
  words: string,
): FullWindow | null {
  const full = fullWindowIn(words) ?? fullWindowIn(`${code} ${type}`);
  if (full === null) return null;
  return {
    prompt: typeof prompt === "number" ? prompt : full.prompt,
    answer: full.answer,
    window: typeof window === "number" ? window : full.window,
  };
}

function windowFacts({ prompt, answer, window }: FullWindow): Record<string, number> {
  return {
    ...(prompt === null ? {} : { prompt_tokens_at_least: prompt }),
    ...(answer === null ? {} : { max_tokens: answer }),
    ...(window === null ? {} : { context_window: window }),
  };
}

function codeOf(status: number): ProblemCode {
  if (status >= 500) return "engine_failed";
  if (status === 413) return "request_too_large";
  return status === 429 ? "rate_limit_exceeded" : "invalid_request";
}

/** Of an error that comes under a status that says nothing. */
export function errorStatus(error: unknown): number {
  const { code, status } = fields(error);
  const given = [Number(code), Number(status)].find((one) => one >= 400 && one < 600);
  return given ?? 500;
}

/** An answer with status 200 that is not what it should be. */
export function notAnAnswer(model: string, what: string): ProblemData {
  return {
    code: "engine_failed",
    message: `The engine of ${model} ${what}. Ask again; \`hearth logs ${model}\` may show why.`,
  };
}

/** vLLM ends an answer like this that it will not go on with, as where it is stopped itself. Other APIs have no word for it. */
export function isGivenUp({ finish_reason: reason }: { finish_reason?: unknown }): boolean {
  return reason === "abort";
}

export function givenUp(model: string): ProblemData {
  return notAnAnswer(model, "gave its answer up in the middle: what came so far is not complete");
}
