/**
 * What Ollama's routes take. Options that only Ollama's own runner knows (`num_ctx`, `num_gpu`) are let go, and a whole
 * number may come with a fraction, as Ollama takes it.
 */
import { z } from "zod";
import { textWithin, unknownPart } from "../chat/unread.ts";
import { seed } from "../seed.ts";

const wholeNumber = z.number().transform(Math.trunc).nullish();

const options = z
  .object({
    num_predict: wholeNumber,
    temperature: z.number().nullish(),
    top_p: z.number().nullish(),
    top_k: wholeNumber,
    min_p: z.number().nullish(),
    seed,
    stop: z.union([z.string(), z.array(z.string())], "expected a string or a list of strings").nullish(),
    presence_penalty: z.number().nullish(),
    frequency_penalty: z.number().nullish(),
    repeat_penalty: z.number().nullish(),
  })
  .nullish();

const residence = {
  model: z.string().optional(),
  /** `0`, `-1`, `300`, `"5m"`: how long the model stays after the answer. */
  keep_alive: z.union([z.number(), z.string()], "expected seconds or a duration").nullish(),
};

const answer = {
  ...residence,
  options,
  stream: z.boolean().nullish(),
  format: z
    .union([z.literal(""), z.literal("json"), z.record(z.string(), z.unknown())], 'expected "json" or a schema')
    .nullish(),
  think: z.union([z.boolean(), z.string()], "expected true, false or an effort").nullish(),
  /** How likely each token was, and how many others are to be told beside it. */
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
};

/** Ollama's own have none, and others count. */
const id = z.union([z.string(), z.number().transform(String)]).nullish();

/** Text; what clients of other APIs write in its place, parts or an object, is read as text: a history refuses nothing. */
const content = z.unknown().transform(asText).optional();

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((part) => textWithin(part) || unknownPart(String(part?.type ?? "part"))).join("\n\n");
}

const images = z.array(z.string()).nullish();

const toolCall = z.object({
  id: id,
  function: z.object({
    name: z.string(),
    arguments: z.union([z.record(z.string(), z.unknown()), z.string()], "expected an object, or its text").nullish(),
  }),
});

const message = z.object({
  /** One that is not known is the user's. */
  role: z.string().nullish(),
  content,
  thinking: z.string().nullish(),
  images,
  tool_calls: z.array(toolCall).nullish(),
  tool_name: z.string().nullish(),
  tool_call_id: id,
});

const offered = z.object({
  name: z.string(),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
});

/** One that the client runs, or one that a vendor's servers would (`web_search`), which has no function. */
const tool = z.union(
  [
    z.object({ function: offered }),
    offered.transform((plain) => ({ function: plain })),
    z.object({ type: z.string() }),
  ],
  "expected a tool with a `function`",
);

export const chatRequest = z.object({
  ...answer,
  messages: z.array(message).nullish(),
  tools: z.array(tool).nullish(),
});

export const generateRequest = z.object({
  ...answer,
  prompt: z.string().nullish(),
  system: z.string().nullish(),
  suffix: z.string().nullish(),
  /** The prompt goes to the model as it is, without its chat template. */
  raw: z.boolean().nullish(),
  images,
});

export const embedRequest = z.object({
  ...residence,
  input: z.union([z.string(), z.array(z.string())], "expected a string or a list of strings").nullish(),
  truncate: z.boolean().nullish(),
  dimensions: z.int().min(1).nullish(),
});

/** The older route, for one text. */
export const embeddingsRequest = z.object({ ...residence, prompt: z.string().nullish() });

export type ChatRequest = z.output<typeof chatRequest>;
export type GenerateRequest = z.output<typeof generateRequest>;
export type OllamaMessage = z.output<typeof message>;
export type AnswerFields = Pick<
  ChatRequest,
  "model" | "options" | "stream" | "format" | "think" | "logprobs" | "top_logprobs"
>;
