/** A written call's values as its tool's schema has them: many formats write them all as text. */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";
import { parsed } from "./answer-json.ts";

/** Null where they certainly do not suit it. `schema`: JSON Schema of an object. */
export function fitInput(input: JsonObject, schema: JsonObject): JsonObject | null {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  if (required.some((name) => typeof name === "string" && !Object.hasOwn(input, name))) return null;
  const fitted: [string, unknown][] = [];
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(properties, name) && schema.additionalProperties === false) return null;
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const fit = fitValue(value, isObject(own) ? own : {});
    if (fit === undefined) return null;
    fitted.push([name, fit]);
  }
  return Object.fromEntries(fitted);
}

function fitValue(value: unknown, { type, anyOf, enum: allowed }: JsonObject): unknown {
  const types = typesOf(type, anyOf);
  if (types.length === 0 || types.some((one) => is(value, one))) return suits(value, allowed) ? value : undefined;
  if (types.includes("string") && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (typeof value !== "string") return undefined;
  const meant = types.map((one) => read(value, one)).find((one) => one !== undefined);
  return suits(meant, allowed) ? meant : undefined;
}

function typesOf(type: unknown, anyOf: unknown): string[] {
  const alternatives = Array.isArray(anyOf) ? anyOf.filter(isObject).map((one) => one.type) : [];
  return [type, ...alternatives].flat().filter((one) => typeof one === "string");
}

function suits(value: unknown, allowed: unknown): boolean {
  return !Array.isArray(allowed) || allowed.includes(value);
}

function is(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "null") return value === null;
  return typeof value === type;
}

/** Text that stands for a value of the type. */
function read(text: string, type: string): unknown {
  const lower = text.trim().toLowerCase();
  if (type === "boolean") return lower === "true" ? true : lower === "false" ? false : undefined;
  if (type === "null") return lower === "null" || lower === "none" ? null : undefined;
  const value = parsed(text.trim());
  return is(value, type) ? value : undefined;
}
