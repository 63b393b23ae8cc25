/** Whether an engine works: by its own counters, in the words of vLLM, SGLang, llama.cpp and the embedded engine. */
import type { Grant } from "../../link/link.ts";
import type { EnginePool } from "./pool.ts";
import { wholeAnswer } from "./whole-answer.ts";

export interface EngineWork {
  /** Tokens and steps, all that it counts together: they only grow. */
  done: number;
  /** Requests that it has, those that wait in it too; null where it does not say. */
  requests: number | null;
}

const patienceMs = 5000;

const done =
  /^(?:(?:vllm|sglang):(?:prompt|generation)_tokens_total|vllm:iteration_tokens_total_sum|llamacpp:(?:prompt_tokens_total|tokens_predicted_total|n_decode_total))(?:\{[^}\r\n\u2028\u2029]*\})? (\S+)/gm;
const requests =
  /^(?:vllm:num_requests_(?:running|waiting)|sglang:num_(?:running|queue)_reqs|llamacpp:requests_(?:processing|deferred))(?:\{[^}\r\n\u2028\u2029]*\})? (\S+)/gm;

/** Null where it cannot tell, or not soon enough. */
export async function workOf(pool: EnginePool, { apiKey }: Pick<Grant, "apiKey">): Promise<EngineWork | null> {
  const headers = apiKey === null ? [] : ["authorization", `Bearer ${apiKey}`];
  const signal = AbortSignal.timeout(patienceMs);
  const answer = await wholeAnswer(pool, { path: "/metrics", headers, body: null, signal }).catch(() => null);
  return answer?.status === 200 ? workIn(answer.body.toString("utf8")) : null;
}

/** `text`: in Prometheus' format. */
export function workIn(text: string): EngineWork | null {
  const counted = sum(text, done);
  return counted === null ? null : { done: counted, requests: sum(text, requests) };
}

function sum(text: string, samples: RegExp): number | null {
  const values = Array.from(text.matchAll(samples), ([, value]) => Number(value)).filter(Number.isFinite);
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}
