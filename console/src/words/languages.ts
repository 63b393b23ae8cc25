/** The languages of the console, each by its own name. Only the one that is read is loaded. */
import { en, type Words } from "./en.ts";

export const languages = { en: "English" } as const;

export type Language = keyof typeof languages;

const loaders: Record<Language, () => Promise<Words>> = {
  en: async () => en,
};

export function wordsOf(language: Language): Promise<Words> {
  return loaders[language]();
}

/** What was chosen here before, else the first language of the browser that the console speaks, else English. */
export function usualLanguage(chosen: string | null, ofBrowser: readonly string[]): Language {
  const wanted = [chosen ?? "", ...ofBrowser].map((tag) => tag.split("-")[0]!.toLowerCase());
  return wanted.find((tag): tag is Language => tag in languages) ?? "en";
}
