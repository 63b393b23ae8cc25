/** The languages of the console, each by its own name. Only the one that is read is loaded. */
import { en, type Words } from "./en.ts";

export const languages = {
  en: "English",
  es: "Español",
  pt: "Português",
  ru: "Русский",
  it: "Italiano",
  fr: "Français",
} as const;

export type Language = keyof typeof languages;

const loaders: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  es: async () => (await import("./es.ts")).es,
  pt: async () => (await import("./pt.ts")).pt,
  ru: async () => (await import("./ru.ts")).ru,
  it: async () => (await import("./it.ts")).it,
  fr: async () => (await import("./fr.ts")).fr,
};

export function wordsOf(language: Language): Promise<Words> {
  return loaders[language]();
}

/** What was chosen here before, else the first language of the browser that the console speaks, else English. */
export function usualLanguage(chosen: string | null, ofBrowser: readonly string[]): Language {
  const wanted = [chosen ?? "", ...ofBrowser].map((tag) => tag.split("-")[0]!.toLowerCase());
  return wanted.find((tag): tag is Language => tag in languages) ?? "en";
}
