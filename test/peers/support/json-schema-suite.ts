/** The JSON-Schema-Test-Suite as the source of Python's `jsonschema` carries it; later runs use it again. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { peersFolder } from "./peers-folder.ts";
import { pipsReason } from "./python.ts";

/** Raise it, and the figures of docs/compatibility.md with it. */
const version = "4.25.1";
const drafts = ["draft2020-12", "draft7"];
/** Within a draft: what every validator has, and the formats. */
const parts = ["", "optional/format"];

export interface SchemaGroup {
  /** Draft, file and description. */
  name: string;
  schema: unknown;
  tests: { description: string; data: unknown; valid: boolean }[];
}

/** All groups, or why there are none. */
export async function schemaGroups(): Promise<{ groups: SchemaGroup[] } | { missing: string }> {
  const folder = join(peersFolder, `json-schema-${version}`);
  const tests = join(folder, `jsonschema-${version}`, "json", "tests");
  if (!existsSync(tests)) {
    const failure = await fetched(folder);
    if (failure !== null) return { missing: failure };
  }
  return { groups: drafts.flatMap((draft) => parts.flatMap((part) => groupsIn(tests, join(draft, part)))) };
}

/** Null, or why it could not be. */
async function fetched(folder: string): Promise<string | null> {
  rmSync(folder, { recursive: true, force: true });
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"];
  const source = ["--no-binary", "jsonschema", "--dest", folder, `jsonschema==${version}`];
  try {
    await promisify(execFile)("python3", [...pip, ...source], { timeout: 300_000 });
    await promisify(execFile)("python3", ["-m", "tarfile", "-e", join(folder, `jsonschema-${version}.tar.gz`), folder]);
    return null;
  } catch (error) {
    return `the source of jsonschema ${version} could not be fetched: ${pipsReason(error)}`;
  }
}

function groupsIn(tests: string, part: string): SchemaGroup[] {
  const files = readdirSync(join(tests, part)).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => {
    const groups = JSON.parse(readFileSync(join(tests, part, file), "utf8")) as (SchemaGroup & {
      description: string;
    })[];
    return groups.map(({ description, schema, tests }) => ({ name: `${part}/${file}: ${description}`, schema, tests }));
  });
}
