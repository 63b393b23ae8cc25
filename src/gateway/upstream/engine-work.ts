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

const done = new Set([
  ...["vllm:prompt_tokens_total", "vllm:generation_tokens_total", "vllm:iteration_tokens_total_sum"],
  ...["sglang:prompt_tokens_total", "sglang:generation_tokens_total"],
  ...["llamacpp:prompt_tokens_total", "llamacpp:tokens_predicted_total", "llamacpp:n_decode_total"],
]);
const requests = new Set([
  ...["vllm:num_requests_running", "vllm:num_requests_waiting"],
  ...["sglang:num_running_reqs", "sglang:num_queue_reqs"],
  ...["llamacpp:requests_processing", "llamacpp:requests_deferred"],
]);

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

/** Of all samples of these names: `name{labels} value`, a line each. */
function sum(text: string, names: ReadonlySet<string>): number | null {
  const values = text.split("\n").flatMap((line) => {
    const value = names.has(line.split(/[{ ]/, 1)[0]!) ? Number(line.slice(line.lastIndexOf(" ") + 1)) : Number.NaN;
    return Number.isFinite(value) ? [value] : [];
  });
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
}
