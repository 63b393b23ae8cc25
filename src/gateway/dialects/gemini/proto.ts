/**
 * Google's JSON is that of protocol buffers, whose parser is lenient: a field may be written in camel or in snake case,
 * and a list with one element as that element alone. Both stand in Google's own examples.
 */
import { z } from "zod";
import { isObject } from "../../../domain/json-object.ts";

type Shape = z.core.$ZodLooseShape;

/** A message with these fields, named in camel case. Fields that it does not name are kept. */
export function message<T extends Shape>(shape: T) {
  return z.preprocess(camelKeys, z.looseObject(shape, "expected an object"));
}

export function listOf<T extends z.ZodType>(item: T, words = "expected a list") {
  return z.preprocess((value) => (isObject(value) ? [value] : value), z.array(item, words));
}

/** The object's own keys in camel case, not those below: they may be names that the client chose. */
export function camelKeys(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelCase(key), inner]));
}

export function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
