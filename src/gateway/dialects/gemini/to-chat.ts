/** A request of Gemini's as a chat request. */
import { given } from "../chat/given.ts";
import { effortFor, thinkingField } from "../chat/thinking.ts";
import { chatMessages } from "./contents.ts";
import { jsonSchema } from "./json-schema.ts";
import type { GenerateRequest, GenerationConfig } from "./request.ts";
import { toolFields } from "./tools.ts";

type Config = Partial<GenerationConfig>;

/** `leftOut`: what was asked for and nobody can do here. `replaced`: parts that no model reads. Throws a Problem (`invalid_request`). */
export function toChat(
  request: GenerateRequest,
  stream: boolean,
): { body: Record<string, unknown>; leftOut: string[]; replaced: string[] } {
  const config: Config = request.generationConfig ?? {};
  const tools = toolFields(request);
  const { messages, replaced } = chatMessages(request);
  const body = {
    messages,
    ...given({
      temperature: config.temperature,
      top_p: config.topP,
      top_k: config.topK,
      max_tokens: config.maxOutputTokens,
      stop: config.stopSequences?.length ? config.stopSequences : null,
      seed: config.seed,
      n: several(config, stream),
      presence_penalty: config.presencePenalty,
      frequency_penalty: config.frequencyPenalty,
      response_format: formatOf(config),
    }),
    ...tools.fields,
    ...reasoningFields(config),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  return { body, leftOut: [...tools.leftOut, ...unmet(config, stream), ...unmetOf(request)], replaced };
}

/** Null for one. A stream has one, as Google's has. */
function several({ candidateCount: count }: Config, stream: boolean): number | null {
  return stream || !count || count < 2 ? null : count;
}

function formatOf({ responseMimeType, responseSchema, responseJsonSchema }: Config): object | null {
  const schema = responseJsonSchema ?? (responseSchema ? jsonSchema(responseSchema) : null);
  if (responseMimeType !== "application/json") return null;
  if (schema === null) return { type: "json_object" };
  return { type: "json_schema", json_schema: { name: "answer", schema } };
}

/** Who says nothing leaves it to the model. A budget of -1 is the model's own measure. */
function reasoningFields({ thinkingConfig }: Config): Record<string, unknown> {
  const { thinkingBudget: budget, thinkingLevel: level } = thinkingConfig ?? {};
  if (level) return { reasoning_effort: efforts.get(level.toUpperCase()) ?? "high" };
  if (budget === null || budget === undefined || budget < 0) return {};
  return budget === 0 ? thinkingField(false) : { reasoning_effort: effortFor(budget) };
}

const efforts = new Map([
  ["MINIMAL", "low"],
  ["LOW", "low"],
  ["MEDIUM", "medium"],
]);

/** Fields of the configuration that are passed on, or ask for what comes anyway. */
const met = new Set([
  "temperature",
  "topP",
  "topK",
  "maxOutputTokens",
  "stopSequences",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "responseSchema",
  "responseJsonSchema",
  "thinkingConfig",
]);

function unmet(config: Config, stream: boolean): string[] {
  return Object.entries(config)
    .filter(([name, value]) => {
      if (value === null || value === false || met.has(name)) return false;
      if (name === "candidateCount") return stream && value !== 1;
      if (name === "responseMimeType") return value !== "application/json" && value !== "text/plain";
      if (name === "responseModalities") return JSON.stringify(value).toUpperCase() !== '["TEXT"]';
      return true;
    })
    .map(([name]) => name);
}

/** Whose absence changes the answer; `safetySettings`, `labels` and `store` change nothing here. */
function unmetOf(request: GenerateRequest): string[] {
  return request.cachedContent ? ["cachedContent"] : [];
}
