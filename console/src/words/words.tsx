/** The words of the chosen language, for every component. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type Formats, formatsFor } from "../format/formats.ts";
import { kept } from "../format/kept.ts";
import { en, type Words } from "./en.ts";
import { type Language, usualLanguage, wordsOf } from "./languages.ts";

interface Spoken {
  language: Language;
  words: Words;
  formats: Formats;
  setLanguage: (language: Language) => void;
}

const WordsContext = createContext<Spoken | null>(null);
const choice = kept("hearth.language");

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => usualLanguage(choice.get(), navigator.languages));
  const [words, setWords] = useState<{ language: Language; words: Words } | null>(
    language === "en" ? { language, words: en } : null,
  );
  useEffect(() => {
    let wanted = true;
    void wordsOf(language).then((loaded) => wanted && setWords({ language, words: loaded }));
    return () => {
      wanted = false;
    };
  }, [language]);
  const spoken = useMemo(
    () =>
      words && {
        ...words,
        formats: formatsFor(words.language, words.words.units),
        setLanguage(next: Language) {
          choice.set(next);
          setLanguage(next);
        },
      },
    [words],
  );
  useEffect(() => {
    if (spoken) document.documentElement.lang = spoken.language;
  }, [spoken]);
  return spoken && <WordsContext value={spoken}>{children}</WordsContext>;
}

/** The words, and how numbers, times and sizes are written. */
export function useWords(): Spoken {
  const spoken = useContext(WordsContext);
  if (spoken === null) throw new Error("A component stands outside WordsProvider.");
  return spoken;
}
