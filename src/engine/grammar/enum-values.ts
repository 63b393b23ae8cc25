/** The values of an `enum` or a `const` that meet what else their schema says. */
import { isDeepStrictEqual } from "node:util";
import { type NumberLimits, numberLimits } from "./number-rules.ts";
import { type Schema, typeOf, typesOf } from "./schema.ts";

export interface EnumValues {
  values: unknown[];
  /** Keywords that could not be judged. */
  left: string[];
}

const notJudged = ["pattern", "format", "properties", "required", "additionalProperties", "items", "prefixItems"];
const sizes = ["minItems", "maxItems", "minProperties", "maxProperties"];

export function enumValues(schema: Schema): EnumValues {
  const values = valuesOf(schema) ?? [];
  const limits = numberLimits(schema);
  const types = typesOf(schema);
  const kept = values.filter(
    (value) => (types === null || ofType(value, types)) && inLimits(value, limits) && inLength(value, schema),
  );
  const scalar = kept.every((value) => typeof value !== "object" || value === null);
  const text = kept.some((value) => typeof value === "string");
  const left = [...notJudged, ...sizes].filter(
    (keyword) => schema[keyword] !== undefined && (keyword === "pattern" || keyword === "format" ? text : !scalar),
  );
  return { values: kept, left };
}

/** Null where they are not listed. */
export function valuesOf({ const: only, enum: listed }: Schema): unknown[] | null {
  if (only === undefined) return Array.isArray(listed) ? listed : null;
  return Array.isArray(listed) && !listed.some((value) => isDeepStrictEqual(value, only)) ? [] : [only];
}

function ofType(value: unknown, types: unknown[]): boolean {
  const own = typeOf(value);
  return types.includes(own) || (own === "integer" && types.includes("number"));
}

function inLimits(value: unknown, { least, most, aboveLeast, belowMost, multiple }: NumberLimits): boolean {
  if (typeof value !== "number") return true;
  if (least !== null && (value < least || (aboveLeast && value === least))) return false;
  if (most !== null && (value > most || (belowMost && value === most))) return false;
  return multiple === null || Number.isInteger(value / multiple);
}

function inLength(value: unknown, { minLength, maxLength }: Schema): boolean {
  if (typeof value !== "string") return true;
  const { length } = [...value];
  return (
    !(typeof minLength === "number" && length < minLength) && !(typeof maxLength === "number" && length > maxLength)
  );
}
