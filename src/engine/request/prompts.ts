/** What OpenAI's older routes take as text: one or several, as strings or as tokens. */
import { z } from "zod";
import { badField } from "../http/api-error.ts";
import type { LanguageModel } from "../language-model.ts";

const mostTexts = 2048;
const token = z.int().min(0);

export const promptsField = z.union([
  z.string(),
  z.array(z.string()).min(1).max(mostTexts),
  z.array(token).min(1),
  z.array(z.array(token).min(1)).min(1).max(mostTexts),
]);

type Prompts = z.output<typeof promptsField>;

/** Each as tokens, with the one that begins every text of this model in front. */
export function promptTokens(prompts: Prompts, model: LanguageModel, field: string): number[][] {
  if (typeof prompts === "string") return [tokensOf(prompts, model)];
  if (typeof prompts[0] === "number") return [known(prompts as number[], model, field)];
  return (prompts as (string | number[])[]).map((prompt, index) =>
    typeof prompt === "string" ? tokensOf(prompt, model) : known(prompt, model, `${field}[${index}]`),
  );
}

/** Throws where a token is none of this model's. */
export function known(tokens: number[], model: LanguageModel, field: string): number[] {
  const place = tokens.findIndex((one) => one >= model.vocabularySize);
  if (place < 0) return tokens;
  throw badField(`${field}[${place}]`, `this model's tokens end at ${model.vocabularySize - 1}.`);
}

function tokensOf(text: string, model: LanguageModel): number[] {
  return model.begin(model.tokenize(text, true));
}
