/** Checks what a client sent against the schema that openapi.json shows it. */
import type { z } from "zod";
import { explain } from "../config/explain.ts";
import { validKeysAt } from "../config/options.ts";
import { Problem } from "../domain/problem.ts";

/** The parsed value. Throws a Problem (`invalid_request`) that names every field at fault. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, what: "body" | "query" | "path"): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const place = { file: "", line: 1, column: 1, length: 1 };
  const places = { locate: () => place, locateKey: () => place };
  const faults = explain(parsed.error.issues, value, places, (path) => validKeysAt(path, schema));
  const sentences = faults.map(({ path, message, nearest }) => {
    const hint = nearest === undefined ? "" : ` Did you mean \`${nearest}\`?`;
    return `${path === "" ? `the ${what}` : `\`${path}\``}: ${message}${hint}`;
  });
  const param = faults[0]?.path || what;
  throw new Problem("invalid_request", `Wrong ${what}: ${sentences.join(" ")}`, { param });
}

/** The body as JSON; undefined where it is empty. Throws a Problem. */
export function parsedBody(text: unknown, contentType: string | undefined): unknown {
  if (typeof text !== "string" || text.trim() === "") return undefined;
  if (contentType !== undefined && !/^application\/(.+\+)?json\b/i.test(contentType)) {
    throw new Problem("unsupported_media_type", `This route takes application/json, not ${contentType}.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("invalid_json", `The body is not JSON: ${(error as Error).message}.`);
  }
}
