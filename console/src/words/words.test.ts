import { expect, test } from "vitest";
import type { Words } from "./en.ts";
import { type Language, languages, usualLanguage, wordsOf } from "./languages.ts";
import { plural } from "./plural.ts";

/** Every text by its place; of a function, what it says of sample values. */
function textsOf(value: unknown, place = ""): [string, string][] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function") return [[place, String(value(...["⟨1⟩", "⟨2⟩", "⟨3⟩"].slice(0, value.length)))]];
  return Object.entries(value as object).flatMap(([name, part]) => textsOf(part, `${place}.${name}`));
}

const tags = Object.keys(languages) as Language[];
const english = new Map(textsOf(await wordsOf("en")));
/** Words that are the same in another language too. */
const shared =
  /^\W*$|^[\d\W]*(⟨\d⟩\W*)*$|^(Hearth|API|Chat|Id|Tokens?|Token|Pages|Note|Machine|CSV)$|^(⟨\d⟩ )?(tokens?|tokens\/(s|min))$/;

test.each(tags)("%s says everything that English says, with the same places for what is filled in", async (tag) => {
  const texts = textsOf(await wordsOf(tag));
  expect(texts.map(([place]) => place).sort()).toEqual([...english.keys()].sort());
  for (const [place, text] of texts) {
    expect(text.trim(), place).not.toBe("");
    expect((text.match(/⟨\d⟩/g) ?? []).sort(), place).toEqual((english.get(place)!.match(/⟨\d⟩/g) ?? []).sort());
  }
});

test.each(tags.filter((tag) => tag !== "en"))("%s is no copy of English", async (tag) => {
  const same = textsOf(await wordsOf(tag)).filter(
    ([place, text]) => !place.startsWith(".units") && text === english.get(place) && !shared.test(text),
  );
  expect(same.length, JSON.stringify(same)).toBeLessThan(12);
});

test("counts take the form of their language", async () => {
  const ofRussian = (count: number) =>
    plural("ru", { one: "# модель", few: "# модели", many: "# моделей", other: "" })(count);
  expect([1, 3, 5, 21].map(ofRussian)).toEqual(["1 модель", "3 модели", "5 моделей", "21 модель"]);
  const { models }: Words = await wordsOf("en");
  expect([1, 2].map(models.found)).toEqual(["1 model", "2 models"]);
});

test("the language is the one that was chosen, else the browser's first that the console speaks, else English", () => {
  expect(usualLanguage("fr", ["ru"])).toBe("fr");
  expect(usualLanguage(null, ["de-DE", "pt-BR", "en"])).toBe("pt");
  expect(usualLanguage("xx", ["de"])).toBe("en");
});
