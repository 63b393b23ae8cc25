/** A request checked against a schema; what is wrong is said with the name of the field. */
import type { z } from "zod";
import { Problem } from "../../domain/problem.ts";

/** Throws a Problem (`invalid_request`). */
export function readRequest<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const { path, message } = deepest(read.error.issues, []);
  throw badField(fieldName(path), message);
}

/** A field with a value that cannot be used. */
export function badField(param: string, message: string): Problem {
  return new Problem("invalid_request", `${param}: ${message}`, { param });
}

/** Of several alternatives that all failed, the one that got furthest says most. */
function deepest(
  issues: readonly z.core.$ZodIssue[],
  above: readonly PropertyKey[],
): { path: PropertyKey[]; message: string } {
  const issue = issues[0]!;
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path, message: issue.message };
  const depth = (list: readonly z.core.$ZodIssue[]) => list.reduce((most, one) => Math.max(most, one.path.length), 0);
  const furthest = issue.errors.toSorted((one, other) => depth(other) - depth(one))[0]!;
  return depth(furthest) > 0 ? deepest(furthest, path) : { path, message: issue.message };
}

/** messages[0].content */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the body";
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}
