import { expect, test } from "vitest";
import { workIn } from "./engine-work.ts";

test.each([
  [
    "vLLM",
    'vllm:generation_tokens_total{engine="0",model_name="a b"} 40.0\nvllm:prompt_tokens_total{engine="0"} 2.0\nvllm:num_requests_running{engine="0"} 1.0\nvllm:num_requests_waiting{engine="0"} 2.0',
    { done: 42, requests: 3 },
  ],
  ["SGLang", "sglang:generation_tokens_total 7\nsglang:num_running_reqs 1\n", { done: 7, requests: 1 }],
  ["llama.cpp", "llamacpp:n_decode_total 5\n", { done: 5, requests: null }],
  ["an engine that counts nothing of the kind", "# vllm:generation_tokens_total 1\nup 1\n", null],
  ["an engine without metrics", "Not Found", null],
])("the work of %s", (_, text, work) => {
  expect(workIn(text)).toEqual(work);
});
