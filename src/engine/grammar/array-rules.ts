/** A schema for lists in GBNF. A list of places (`prefixItems`) is written whole, and goes on only where that is asked for. */
import { itemsOf } from "./conjunction.ts";
import type { Schema } from "./schema.ts";

/** llama.cpp unrolls repetitions. */
const longestRepetition = 1000;

export interface ArrayRule {
  /** Null where no list meets it. */
  text: string | null;
  left: string[];
}

/** `visit`: a schema in GBNF, null where no value meets it. */
export function arrayRule(schema: Schema, visit: (schema: unknown) => string | null): ArrayRule {
  const { first, rest } = itemsOf(schema);
  const places = first.map(visit);
  const never = places.indexOf(null);
  const fixed = (never < 0 ? places : places.slice(0, never)).filter((place) => place !== null);
  const goesOn = never < 0 && rest !== false;
  const item = goesOn ? visit(rest) : null;
  const asked = whole(schema.minItems) ?? 0;
  const most = Math.min(
    whole(schema.maxItems) ?? Number.POSITIVE_INFINITY,
    item === null ? fixed.length : Number.POSITIVE_INFINITY,
  );
  const least = Math.max(asked, Math.min(fixed.length, most));
  if (least > most) return { text: null, left: [] };
  const ends = first.length > 0 && rest === undefined && asked <= fixed.length ? Math.min(most, fixed.length) : most;
  const left = [
    ...(least > longestRepetition ? ["minItems"] : []),
    ...(Number.isFinite(ends) && ends > longestRepetition ? ["maxItems"] : []),
    ...(schema.uniqueItems === true && ends > 1 ? ["uniqueItems"] : []),
    ...(schema.contains === undefined ? [] : ["contains"]),
  ];
  return { text: listed(fixed.slice(0, ends), item, least, ends), left };
}

function listed(fixed: string[], item: string | null, least: number, most: number): string {
  if (most === 0) return '"[" ws "]"';
  const repeated = (from: number, to: number) => {
    const [low, high] = [Math.min(Math.max(0, from), longestRepetition), to > longestRepetition ? "" : to];
    return `("," ws ${item}){${low},${high}}`;
  };
  if (fixed.length > 0) {
    const places = fixed.join(' "," ws ');
    const further = most === fixed.length ? "" : ` ${repeated(least - fixed.length, most - fixed.length)}`;
    return `"[" ws ${places}${further} ws "]"`;
  }
  const some = `${item} ${repeated(least - 1, most - 1)}`;
  return `"[" ws ${least > 0 ? some : `(${some})?`} ws "]"`;
}

function whole(value: unknown): number | null {
  return typeof value === "number" && value >= 0 ? Math.ceil(value) : null;
}
