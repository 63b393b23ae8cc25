/** Suites from the Python package index, each in a virtual environment that later runs use again. */
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { peersFolder } from "./peers-folder.ts";

/** Raise a version, and the pass rates of docs/compatibility.md with it. */
const pinned = {
  "open-responses": ["openresponses-types==2.4.0"],
  schemathesis: ["schemathesis==4.32.5"],
  langchain: [
    "langchain-tests==1.1.9",
    "langchain-openai==1.7.4",
    "langchain-anthropic==1.7.10",
    "langchain-ollama==1.1.0",
    "pytest==9.2.0",
    "pytest-asyncio==1.5.0",
  ],
} as const;

/** The environment's folder of programs, or why there is none. */
export async function pythonSuite(name: keyof typeof pinned): Promise<{ bin: string } | { missing: string }> {
  const requirements = pinned[name];
  const version = createHash("sha256").update(JSON.stringify(requirements)).digest("hex").slice(0, 12);
  const folder = join(peersFolder, `${name}-${version}`);
  const bin = join(folder, "bin");
  if (existsSync(join(folder, ".complete"))) return { bin };
  if (spawnSync("python3", ["-m", "venv", "--help"]).status !== 0) return { missing: "no python3 with venv here" };
  rmSync(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)("python3", ["-m", "venv", folder]);
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", ...requirements];
    await promisify(execFile)(join(bin, "python"), pip, { timeout: 500_000 });
  } catch (error) {
    return { missing: `${requirements.join(", ")} could not be installed: ${pipsReason(error)}` };
  }
  writeFileSync(join(folder, ".complete"), "");
  return { bin };
}

/** Why pip failed, in its own words. */
export function pipsReason(error: unknown): string {
  const { stderr = String(error) } = error as { stderr?: string };
  return /^ERROR: (.*)/m.exec(stderr)?.[1] ?? stderr.split("\n")[0]!;
}
