/** A schema for numbers in GBNF. */
import { type Bounds, numbersBetween } from "./number-range.ts";
import type { Schema } from "./schema.ts";

export interface NumberLimits extends Bounds {
  /** `multipleOf`; null where there is none. */
  multiple: number | null;
}

export interface NumberRule {
  /** Null where no number meets it. */
  text: string | null;
  left: string[];
}

export function numberRule(schema: Schema, whole: boolean): NumberRule {
  const limits = numberLimits(schema);
  const { least, most, multiple } = limits;
  const decimals = multiple === null ? null : decimalsOf(multiple);
  const isWhole = whole || (multiple !== null && Number.isInteger(multiple));
  const left = multiple === null || decimals !== null || (isWhole && multiple === 1) ? [] : ["multipleOf"];
  if (least === null && most === null && decimals === null) return { text: isWhole ? "integer" : "number", left };
  return { text: numbersBetween(limits, isWhole ? 0 : (decimals ?? undefined)), left };
}

/** Of `0.01` two; null where a grammar cannot say it so. */
function decimalsOf(multiple: number): number | null {
  return [0, 1, 2, 3, 4, 5, 6].find((count) => multiple === Number(`1e-${count}`)) ?? null;
}

/** `exclusiveMinimum` is a number; it was `true` beside `minimum` before. */
export function numberLimits({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
}: Schema): NumberLimits {
  const low = limit(minimum, exclusiveMinimum, (one, other) => one >= other);
  const high = limit(maximum, exclusiveMaximum, (one, other) => one <= other);
  return {
    ...{ least: low.at, aboveLeast: low.excluded, most: high.at, belowMost: high.excluded },
    multiple: typeof multipleOf === "number" && multipleOf > 0 ? multipleOf : null,
  };
}

function limit(
  included: unknown,
  exclusive: unknown,
  isTighter: (one: number, other: number) => boolean,
): { at: number | null; excluded: boolean } {
  const at = typeof included === "number" ? included : null;
  if (typeof exclusive !== "number") return { at, excluded: exclusive === true };
  return at === null || isTighter(exclusive, at) ? { at: exclusive, excluded: true } : { at, excluded: false };
}
