/** A command without what only its track's own build knows: no release can say whether that is right. */
export interface Extras {
  extraFlags?: readonly string[] | undefined;
  extraValues?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** `extras`: what was left out, as it stood. */
export function withoutExtras(
  words: readonly string[],
  { extraFlags = [], extraValues = {} }: Extras,
): { words: string[]; extras: string[] } {
  const kept: string[] = [];
  const extras: string[] = [];
  for (let at = 0; at < words.length; ) {
    const next = words.findIndex((word, index) => index > at && word.startsWith("--"));
    const end = next === -1 ? words.length : next;
    const [flag, ...values] = words.slice(at, end);
    const name = flag!.replace(/^--(no-)?/, "");
    const own = extraFlags.includes(name) || (values.length === 1 && extraValues[name]?.includes(values[0]!));
    if (own) extras.push([flag, ...values].join(" "));
    else kept.push(flag!, ...values);
    at = end;
  }
  return { words: kept, extras };
}
