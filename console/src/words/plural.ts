/** Native forms of a count: `one`, `few`, `many`, ... by the rules of the language (Unicode CLDR). */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Returns what says a count: `#` in the form stands for the number, written as the language writes it. */
export function plural(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replaceAll("#", numbers.format(count));
}
