/** One YAML file of the catalog, checked against its schema. */
import { readFileSync } from "node:fs";
import type { z } from "zod";
import { explain } from "../config/explain.ts";
import type { ConfigIssue } from "../config/issue.ts";
import { validKeysAt } from "../config/options.ts";
import { parseYaml, type YamlSource } from "../config/yaml-source.ts";

export interface CatalogDocument<T> {
  data: T;
  source: YamlSource;
}

/** Null where something is wrong with it, which is added to `issues` with its place. */
export function readDocument<S extends z.ZodType>(
  file: string,
  schema: S,
  issues: ConfigIssue[],
): CatalogDocument<z.output<S>> | null {
  const { source, issues: faults } = parseYaml(readFileSync(file, "utf8"), file);
  issues.push(...faults);
  if (faults.length > 0) return null;
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return { data: parsed.data, source };
  issues.push(...explain(parsed.error.issues, source.value, source, (path) => validKeysAt(path, schema)));
  return null;
}
