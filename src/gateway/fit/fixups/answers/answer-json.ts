/** Reading an answer of which nothing is known but that it should be JSON. */
import { isObject, type JsonObject } from "../../../../domain/json-object.ts";

export function listIn(value: unknown, name: string): JsonObject[] {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Undefined where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
