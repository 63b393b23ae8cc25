/** Reads catalog/engines/<engine>-<version>.yaml: what one release of an engine understands. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ConfigIssue } from "../config/issue.ts";
import { text } from "../config/schema/fields.ts";
import { readDocument } from "./document.ts";

/** Hundreds of names, kept as text: one line of the file has many. */
function words() {
  return text().transform((value) => value.trim().split(/\s+/));
}

export const engineVersionSchema = z.strictObject({
  engine: z.enum(["vllm", "sglang"]),
  version: text(),
  source: text().meta({ description: "Where these lists come from." }),
  flags: words().meta({ description: "Of its command line, without the dashes." }),
  values: z.record(z.string(), words()).optional().meta({
    description: "What some flags take, by flag. Upper and lower case are the same.",
  }),
  environment: words().optional().meta({
    description: "Variables that it reads, of those that begin with its name. Absent: not known.",
  }),
  toolParsers: words(),
  reasoningParsers: words(),
  classes: words().optional().meta({ description: "Model classes that it can load. Absent: not known." }),
});

export type EngineVersion = z.output<typeof engineVersionSchema>;

export const enginesFolder = fileURLToPath(new URL("../../catalog/engines", import.meta.url));

/** By `<engine>-<version>`; faults are added to `issues`. */
export function readEngineVersions(folder: string, issues: ConfigIssue[]): ReadonlyMap<string, EngineVersion> {
  const versions = new Map<string, EngineVersion>();
  for (const name of globSync("*.yaml", { cwd: folder }).sort()) {
    const document = readDocument(join(folder, name), engineVersionSchema, issues);
    if (document !== null) versions.set(versionKey(document.data), document.data);
  }
  return versions;
}

export function versionKey({ engine, version }: { engine: string; version: string }): string {
  return `${engine}-${version}`;
}
