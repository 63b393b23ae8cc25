/** What engines say where a prompt does not fit into their window, and the tokens that they name. */

/** Tokens; null where they are not said. */
export interface FullWindow {
  prompt: number | null;
  /** Asked for, for the answer. */
  answer: number | null;
  window: number | null;
}

/** Most telling first; a name stands for a number, `...` for anything. In small letters. */
const sentences = [
  // OpenAI, and vLLM, llama-cpp-python, DeepSeek and others after it.
  "maximum context length is {window} tokens. however, you requested {total} tokens ({prompt} in the messages, {answer} in the completion",
  "maximum context length is {window} tokens. however, you requested {answer} output tokens and your prompt contains at least {prompt} ",
  "maximum context length is {window} tokens. however, you requested {answer} output tokens and your prompt contains {prompt} ",
  "maximum context length is {window} tokens and your request has {prompt} input tokens ({answer} >",
  "maximum context length is {window} tokens. however, your request has {prompt} ",
  "maximum context length is {window} tokens. however, your request has at least {prompt} ",
  "maximum context length is {window} tokens. however, your prompt contains {prompt} ",
  "maximum context length is {window} tokens. however, your prompt contains at least {prompt} ",
  "maximum context length is {window} tokens. however, your messages resulted in {prompt} ",
  "maximum context length is {window} tokens. however, you requested {total} ",
  "maximum context length is {window} tokens, however you requested {total} ",
  "maximum context length is {window} tokens. however, you requested about {total} ",
  "maximum context length is {window} tokens",
  // vLLM.
  "passed {prompt} input tokens and requested {answer} output tokens. however, the model's context length is only {window}",
  "passed {prompt} input ... context length is only {window}",
  "prompt (length {prompt}) is longer than the maximum model length of {window}",
  "prompt (total length {prompt}) is too long to fit into the model (context length {window}",
  "prompt (length {prompt}) is too long to fit into the model (context length {window}",
  "input prompt ({prompt} tokens) is too long and exceeds limit of {window}",
  // llama.cpp, its Python bindings, LM Studio.
  "request ({prompt} tokens) exceeds the available context size ({window}",
  "requested tokens ({total}) exceed context window of {window}",
  "exceeds the available context size",
  "context size has been exceeded",
  "exceed_context_size_error",
  "keep the first {prompt} tokens when context the overflows. ... context length of only {window}",
  "tokens to keep from the initial prompt is greater than the context length",
  // SGLang.
  "maximum context length of {window} tokens. you requested a total of {total} tokens: {prompt} tokens from the input messages and {answer} ",
  "input ({prompt} tokens) is longer than the model's context length ({window}",
  "input length ({prompt} tokens) exceeds the maximum allowed length ({window}",
  "input length ({prompt}) exceeds the maximum allowed length ({window}",
  "input length ({prompt}) exceeds model's maximum context length ({window}",
  "input length ({prompt}) exceeds the model's maximum context length ({window}",
  "token count exceeds the model's maximum context length of {window}",
  "longer than the model's context length",
  // TensorRT-LLM.
  "sum of prompt length ({prompt}) ... max_tokens ({answer}) should not exceed max_seq_len ({window}",
  "sum of prompt length ({prompt}), ... max_tokens ({answer}) should not exceed max_seq_len ({window}",
  "sum of prompt length ({prompt}) ... max_tokens ({answer}) should not exceed max_num_tokens ({window}",
  "should not exceed max_seq_len",
  "= max_seq_len ({window}) - splited_prompt_len ({prompt}",
  "= max_seq_len ({window}) - prompt_len ({prompt}",
  "prompt length ({prompt}) exceeds maximum input length ({window}",
  "prompt length ({prompt}) exceeds the maximum input length ({window}",
  "prompt length ({prompt}) exceeds max_input_len ({window}",
  "prompt length ({prompt}) exceeds max_seq_len ({window}",
  "prompt length ({prompt}) exceeds max_ctx ({window}",
  // Ollama.
  "prompt too long; exceeded",
  "input length exceeds the context length",
  "input length exceeds maximum context length",
  // LMDeploy.
  "input length {prompt} exceeds session_len {window}",
  "input length ({prompt}) exceeds session_len ({window}",
  "input length ({prompt}) ... session_len ({window}",
  "input length {prompt} ... session_len {window}",
  "session_len",
  "responsetype.input_length_error",
  // Text Generation Inference, Mistral, antirez's DS4, Anthropic, Google.
  "max_new_tokens` must be <= {window}. given: {prompt} `inputs` tokens and {answer} ",
  "`inputs` must have less than {window} tokens. given: {prompt}",
  "prompt contains {prompt} tokens ... too large for model with {window} maximum context length",
  "prompt tokens ({prompt}) exceeds context size ({window}",
  "prompt has {prompt} tokens, but the configured context size is {window}",
  "prompt is too long: {prompt} tokens > {window} maximum",
  "input token count ({prompt}) exceeds the maximum number of tokens allowed ({window}",
  "prompt is too long",
  // Whoever else says it.
  "context_length_exceeded",
  "maximum context length",
  "maximum model length",
  "exceeds the context ",
  "exceed the context ",
  "exceeds context ",
  "exceed context ",
  "exceeds the model's context ",
  "exceeds the max_model_len",
  "exceeds max_model_len",
  "context length exceeded",
  "context window exceeded",
].map(sentenceOf);

interface Sentence {
  /** With `#` in the place of each number. */
  parts: string[];
  counts: string[];
}

function sentenceOf(text: string): Sentence {
  const counts = text.match(/\{[a-z]+\}/g) ?? [];
  return { parts: text.replace(/\{[a-z]+\}/g, "#").split("..."), counts: counts.map((name) => name.slice(1, -1)) };
}

/** An error's words are short; a prompt that an engine repeats in them is not searched. */
const longest = 4000;

/** Null where `words` are about something else. */
export function fullWindowIn(words: string): FullWindow | null {
  const lower = words.slice(0, longest).toLowerCase().replaceAll("#", " ");
  const numbers = (lower.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const text = lower.replace(/\d+(?:\.\d+)?/g, "#");
  for (const sentence of sentences) {
    const found = numbersOf(sentence, text, numbers);
    if (found !== null) return fullWindowOf(found);
  }
  return null;
}

function numbersOf({ parts, counts }: Sentence, text: string, numbers: number[]): Map<string, number> | null {
  const found = new Map<string, number>();
  let end = 0;
  for (const part of parts) {
    const at = text.indexOf(part, end);
    if (at < 0) return null;
    end = at + part.length;
    const before = hashes(text.slice(0, at));
    for (let own = 0; own < hashes(part); own++) found.set(counts[found.size]!, numbers[before + own]!);
  }
  return found;
}

function hashes(text: string): number {
  return text.split("#").length - 1;
}

function fullWindowOf(found: Map<string, number>): FullWindow {
  const total = found.get("total") ?? null;
  const answer = found.get("answer") ?? null;
  const prompt = found.get("prompt") ?? (total === null ? null : total - (answer ?? 0));
  return { prompt, answer, window: found.get("window") ?? null };
}
