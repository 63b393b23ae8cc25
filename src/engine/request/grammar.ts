/** A grammar as clients send it, as llama.cpp takes it: in GBNF, beginning at `root`. */
import { z } from "zod";
import { badField } from "../http/api-error.ts";
import type { Grammar, LanguageModel } from "../language-model.ts";

const longest = 100_000;

export const grammarField = z.string().max(longest).nullish();

/** Null where none was sent. Throws an ApiError where it is none. */
export async function ownGrammar(text: string | null | undefined, model: LanguageModel): Promise<Grammar | null> {
  if (text === null || text === undefined || text === "") return null;
  try {
    return await model.grammar(text);
  } catch {
    throw badField("grammar", "it is no GBNF, or has no rule `root`.");
  }
}
