/** A body checked against a schema; what is wrong is said with the name of the field. */
import { z } from "zod";
import type { Engine } from "../engine.ts";
import { ApiError, badField } from "../http/api-error.ts";

/** Every request may name the model. */
export const modelField = { model: z.string().optional() };

export function readBody<T extends z.ZodType<{ model?: string | undefined }>>(
  schema: T,
  body: unknown,
  engine: Engine,
): z.output<T> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, "invalid_request", "The body must be a JSON object.");
  }
  const read = schema.safeParse(body);
  if (!read.success) throw firstFault(read.error.issues);
  const { model } = read.data;
  if (model !== undefined && model !== engine.id) {
    throw new ApiError(404, "model_not_found", `This engine serves ${engine.id}, not ${model}.`, "model");
  }
  return read.data;
}

/** Of several alternatives that all failed, the one that got furthest says most. */
function firstFault(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): ApiError {
  const issue = issues[0]!;
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const deepest = issue.errors.toSorted((one, other) => depth(other) - depth(one))[0]!;
    if (depth(deepest) > 0) return firstFault(deepest, path);
    const wanted = issue.errors.flat().flatMap(expectation);
    return badField(fieldName(path), `expected ${[...new Set(wanted)].join(" or ")}.`);
  }
  return badField(fieldName(path), `${issue.message}.`);
}

function expectation(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value));
  return "expected" in issue ? [issue.expected] : [];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((most, { path }) => Math.max(most, path.length), 0);
}

/** messages[0].content */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}
