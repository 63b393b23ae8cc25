import { expect, test } from "vitest";
import { fullWindowIn } from "./context-sentences.ts";
import { engineProblem } from "./engine-problem.ts";

type Row = [engine: string, sentence: string, prompt: number | null, answer: number | null, window: number | null];

const rows: Row[] = [
  [
    "vLLM, long ago",
    "This model's maximum context length is 4096 tokens. However, you requested 4169 tokens (3657 in the messages, 512 in the completion). Please reduce the length of the messages or completion.",
    3657,
    512,
    4096,
  ],
  [
    "vLLM 0.6",
    "This model's maximum context length is 8192 tokens. However, your request has 9000 input tokens. Please reduce the length of the input messages.",
    9000,
    null,
    8192,
  ],
  [
    "vLLM 0.10",
    "'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 32768 tokens and your request has 5000 input tokens (32000 > 32768 - 5000). None",
    5000,
    32000,
    32768,
  ],
  [
    "vLLM's V1 engine",
    "The decoder prompt (length 45000) is longer than the maximum model length of 32768. Make sure that `max_model_len` is no smaller than the number of text tokens.",
    45000,
    null,
    32768,
  ],
  [
    "vLLM's V0 engine",
    "The prompt (total length 40000) is too long to fit into the model (context length 32768). Make sure that `max_model_len` is no smaller",
    40000,
    null,
    32768,
  ],
  [
    "vLLM 0.14",
    "You passed 8193 input tokens and requested 100 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8092 tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=8193)",
    8193,
    100,
    8192,
  ],
  [
    "vLLM of today",
    "This model's maximum context length is 131072 tokens. However, you requested 0 output tokens and your prompt contains at least 131073 input tokens, for a total of at least 131073 tokens. (parameter=input_tokens, value=131073)",
    131073,
    0,
    131072,
  ],
  ["vLLM's core", "Input prompt (40000 tokens) is too long and exceeds limit of 32768", 40000, null, 32768],
  [
    "llama.cpp",
    "request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it",
    9000,
    null,
    8192,
  ],
  [
    "llama.cpp before",
    "the request exceeds the available context size. try increasing the context size or enable context shift",
    null,
    null,
    null,
  ],
  ["llama.cpp while it answers", "Context size has been exceeded.", null, null, null],
  ["llama.cpp's Python bindings", "Requested tokens (2285) exceed context window of 2048", 2285, null, 2048],
  [
    "LM Studio",
    "Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.",
    9000,
    null,
    4096,
  ],
  ["SGLang", "The input (61709 tokens) is longer than the model's context length (40960 tokens).", 61709, null, 40960],
  [
    "SGLang with its answer",
    "Requested token count exceeds the model's maximum context length of 131072 tokens. You requested a total of 140000 tokens: 100000 tokens from the input messages and 40000 tokens for the completion. Please reduce the number of tokens in the input messages or the completion to fit within the limit.",
    100000,
    40000,
    131072,
  ],
  [
    "SGLang's scheduler",
    "Input length (265330 tokens) exceeds the maximum allowed length (262144 tokens). Use a shorter input or enable --allow-auto-truncate.",
    265330,
    null,
    262144,
  ],
  [
    "SGLang's tokenizer",
    "Input length (265330) exceeds model's maximum context length (262144).",
    265330,
    null,
    262144,
  ],
  [
    "TensorRT-LLM",
    "The sum of prompt length (4000.0), query length (0) max_tokens (2048) should not exceed max_seq_len (4096)",
    4000,
    2048,
    4096,
  ],
  [
    "TensorRT-LLM before",
    "The sum of prompt length (4000) and query length (0) max_tokens (2048) should not exceed max_seq_len (4096)",
    4000,
    2048,
    4096,
  ],
  [
    "TensorRT-LLM's default",
    "default_max_tokens (-500) must be greater than 0, default_max_tokens (-500) = max_seq_len (4096) - splited_prompt_len (4596) - query_token_len (0)",
    4596,
    null,
    4096,
  ],
  [
    "TensorRT-LLM's executor",
    "Prompt length (5000) exceeds maximum input length (4096). Set log level to info and check TRTGptModel logs",
    5000,
    null,
    4096,
  ],
  ["Ollama", "prompt too long; exceeded max context length by 4 tokens", null, null, null],
  ["Ollama's embeddings", "the input length exceeds the context length", null, null, null],
  ["LMDeploy", "The input length 9000 exceeds session_len 8192", 9000, null, 8192],
  ["LMDeploy's status", "internal error happened, status code ResponseType.INPUT_LENGTH_ERROR", null, null, null],
  [
    "Text Generation Inference",
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 100 `max_new_tokens`",
    5000,
    100,
    4096,
  ],
  [
    "Mistral",
    "Prompt contains 100172 tokens and 0 draft tokens, too large for model with 40960 maximum context length",
    100172,
    null,
    40960,
  ],
  [
    "OpenAI",
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens (8900 in the messages, 101 in the functions). Please reduce the length of the messages or functions.",
    9001,
    null,
    8192,
  ],
  [
    "OpenRouter",
    "This endpoint's maximum context length is 163840 tokens. However, you requested about 172900 tokens (4429 of text input, 163840 in the output).",
    172900,
    null,
    163840,
  ],
];

test.each(rows)("%s", (_, sentence, prompt, answer, window) => {
  expect(fullWindowIn(sentence)).toEqual({ prompt, answer, window });
  // In whatever form and under whatever status it comes.
  for (const body of [
    { error: { message: sentence } },
    { object: "error", message: sentence },
    { detail: sentence },
    { error: sentence },
  ]) {
    expect(engineProblem("m", 500, JSON.stringify(body)).code).toBe("context_length_exceeded");
  }
});

test.each([
  "no reason given",
  "max_tokens must be at least 1, got -5.",
  "CUDA out of memory. Tried to allocate 2.00 GiB",
  "input is too large to process. increase the physical batch size",
  "Rate limit of 4096 tokens per minute exceeded",
  "messages: at least one message is required",
])("another error is another one: %s", (sentence) => {
  expect(fullWindowIn(sentence)).toBeNull();
});

test("llama.cpp's fields and type say it without words", () => {
  const error = { code: 500, message: "sorry", type: "exceed_context_size_error", n_prompt_tokens: 1407, n_ctx: 256 };
  expect(engineProblem("m", 500, JSON.stringify({ error }))).toMatchObject({
    code: "context_length_exceeded",
    data: { prompt_tokens_at_least: 1407, context_window: 256, engine_status: 500 },
  });
});
