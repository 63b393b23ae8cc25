/** The fields that choose among the likely next tokens, and where an answer ends. Same for chat and plain text. */
import { z } from "zod";
import { badField } from "../http/api-error.ts";
import type { Grammar, LanguageModel, Sampling } from "../language-model.ts";

const largestSeed = 2 ** 32;

export const samplingFields = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  /** 0 or -1: all tokens. */
  top_k: z.int().min(-1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  repetition_penalty: z.number().gt(0).max(10).nullish(),
  logit_bias: z
    .record(z.string().regex(/^\d+$/, "expected a token id as the key"), z.number().min(-100).max(100))
    .nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, "this engine gives one answer a request").nullish(),
};

type SamplingFields = z.output<z.ZodObject<typeof samplingFields>>;

/** llama.cpp's defaults, which small models need: with OpenAI's temperature of 1 alone they ramble. */
export function samplingOf(fields: SamplingFields, model: LanguageModel, grammar: () => Grammar | null): Sampling {
  return {
    temperature: fields.temperature ?? 0.8,
    topP: fields.top_p ?? 0.95,
    topK: Math.max(0, fields.top_k ?? 40),
    minP: fields.min_p ?? 0.05,
    seed: seedOf(fields.seed),
    presencePenalty: fields.presence_penalty ?? 0,
    frequencyPenalty: fields.frequency_penalty ?? 0,
    repetitionPenalty: fields.repetition_penalty ?? 1,
    bias: biasOf(fields.logit_bias, model),
    grammar,
  };
}

export function stopsOf({ stop }: SamplingFields): string[] {
  return [stop ?? []].flat();
}

function seedOf(seed: number | null | undefined): number {
  if (seed === null || seed === undefined) return Math.floor(Math.random() * largestSeed);
  return ((seed % largestSeed) + largestSeed) % largestSeed;
}

function biasOf(bias: Record<string, number> | null | undefined, model: LanguageModel): Map<number, number> {
  const entries = Object.entries(bias ?? {}).map(([token, logit]) => [Number(token), logit] as const);
  for (const [token] of entries) {
    if (token < model.vocabularySize) continue;
    throw badField(`logit_bias.${token}`, `this model's tokens end at ${model.vocabularySize - 1}.`);
  }
  return new Map(entries);
}
