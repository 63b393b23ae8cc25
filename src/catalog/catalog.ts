/** Reads catalog/models/<family>/<id>.yaml: one model = one file. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { explain } from "../config/explain.ts";
import { ConfigError, type ConfigIssue, pathText } from "../config/issue.ts";
import { validKeysAt } from "../config/options.ts";
import type { ModelFields } from "../config/schema/model.ts";
import { parseYaml } from "../config/yaml-source.ts";
import { catalogModelSchema } from "./schema.ts";

export interface CatalogModel {
  id: string;
  fields: ModelFields;
  /** The file itself. */
  at: { file: string; line: number; column: number };
}

export type Catalog = ReadonlyMap<string, CatalogModel>;

/** The catalog that comes with Hearth. */
export const catalogFolder = fileURLToPath(new URL("../../catalog/models", import.meta.url));

/** Every model below the folder, by id. Throws a ConfigError with every fault of every file. */
export function readCatalog(folder = catalogFolder): Catalog {
  const issues: ConfigIssue[] = [];
  const catalog = new Map<string, CatalogModel>();
  for (const name of globSync("**/*.{yaml,yml}", { cwd: folder }).sort()) {
    const file = join(folder, name);
    const model = readModel(file, issues);
    if (model !== null) catalog.set(model.id, model);
  }
  if (issues.length > 0) throw new ConfigError(issues);
  return catalog;
}

function readModel(file: string, issues: ConfigIssue[]): CatalogModel | null {
  const { source, issues: faults } = parseYaml(readFileSync(file, "utf8"), file);
  issues.push(...faults);
  if (faults.length > 0) return null;
  const parsed = catalogModelSchema.safeParse(source.value);
  if (!parsed.success) {
    const valid = (path: readonly PropertyKey[]) => validKeysAt(path, catalogModelSchema);
    issues.push(...explain(parsed.error.issues, source.value, source, valid));
    return null;
  }
  const { id, ...fields } = parsed.data;
  const wanted = basename(file).replace(/\.ya?ml$/, "");
  if (id !== wanted) {
    const message = `the file is named ${basename(file)}, so its id is ${JSON.stringify(wanted)}.`;
    issues.push({ ...source.locate(["id"]), path: pathText(["id"]), message });
    return null;
  }
  return { id, fields, at: { file, line: 1, column: 1 } };
}
