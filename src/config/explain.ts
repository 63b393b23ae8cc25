/** Turns what a schema found into sentences with a place. */
import type { z } from "zod";
import { nearestName } from "../domain/nearest.ts";
import { type ConfigIssue, pathText } from "./issue.ts";
import type { Place } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

export interface Places {
  locate(path: readonly PropertyKey[]): Place;
  locateKey(path: readonly PropertyKey[]): Place;
}

/** `validKeys` are the keys allowed at a path. */
export function explain(
  issues: readonly Issue[],
  value: unknown,
  places: Places,
  validKeys: (path: readonly PropertyKey[]) => string[],
): ConfigIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      const valid = validKeys(issue.path);
      return issue.keys.map((key) => unknownKey([...issue.path, key], key, valid, places));
    }
    const found = at(value, issue.path);
    if (found === undefined && issue.code !== "custom") return [missing(issue, places)];
    const sentence =
      issue.code === "custom" ? `${issue.message}.` : `expected ${expected(issue)}, got ${shown(found)}.`;
    const nearest = typeof found === "string" ? nearestName(found, choices(issue)) : null;
    return [{ ...places.locate(issue.path), path: pathText(issue.path), message: sentence, ...near(nearest) }];
  });
}

function unknownKey(path: PropertyKey[], key: string, valid: string[], places: Places): ConfigIssue {
  const nearest = nearestName(key, valid);
  const list = nearest === null && valid.length > 0 ? ` Known here: ${valid.join(", ")}.` : "";
  return { ...places.locateKey(path), path: pathText(path), message: `unknown key.${list}`, ...near(nearest) };
}

function missing(issue: Issue, places: Places): ConfigIssue {
  return {
    ...places.locate(issue.path),
    path: pathText(issue.path),
    message: `missing: ${expected(issue)} is needed.`,
  };
}

function near(nearest: string | null): { nearest: string } | object {
  return nearest === null ? {} : { nearest };
}

const typeNames: Record<string, string> = {
  object: "keys with values",
  record: "keys with values",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** A noun phrase. */
function expected(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "array" ? "at least one entry" : `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_union":
      return choices(issue).length > 0 ? `one of ${choices(issue).join(", ")}` : issue.message;
    default:
      return issue.message;
  }
}

function choices(issue: Issue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue) return (issue.options ?? []).map(String);
  return [];
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, part)) return undefined;
    return (inner as Record<PropertyKey, unknown>)[part];
  }, value);
}

/** A value short enough for a sentence. */
function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "keys with values";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
