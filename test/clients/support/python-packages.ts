/** Unmodified clients from the Python package index, in folders that later runs use again. */
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.ts";

/** One folder each, because their requirements do not fit together. */
const pinned = {
  sdks: ["openai==3.57.0", "anthropic==2.14.0", "ollama==0.6.3", "google-genai==3.6.1"],
  langchain: ["langchain-openai==1.7.4", "langchain-anthropic==1.7.10", "langchain-ollama==1.1.0"],
  "llama-index": ["llama-index-llms-openai-like==0.8.1"],
  litellm: ["litellm==1.110.2"],
  "pydantic-ai": ["pydantic-ai-slim[openai]==2.68.0"],
  "openai-agents": ["openai-agents==0.24.0"],
  instructor: ["instructor==1.17.0"],
  llm: ["llm==0.36"],
  aider: ["aider-chat==0.86.2"],
} as const;

export type PythonGroup = keyof typeof pinned;

export interface PythonPackages {
  /** For PYTHONPATH. */
  folder: string;
}

/** Wheels alone: nothing of a package runs while it is installed. */
const installFlags = ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--no-warn-conflicts"];

/** The group, installed if it was not; or why it is missing. */
export async function installedPython(group: PythonGroup): Promise<PythonPackages | { missing: string }> {
  const requirements = pinned[group];
  const version = createHash("sha256").update(JSON.stringify(requirements)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder, `python-${group}-${version}`);
  const complete = join(folder, ".complete");
  if (existsSync(complete)) return { folder };
  if (spawnSync("python3", ["-m", "pip", "--version"]).status !== 0) return { missing: "no python3 with pip here" };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const args = ["-m", "pip", "install", "--quiet", ...installFlags, "--target", folder, ...requirements];
    await promisify(execFile)("python3", args, { timeout: 500_000 });
  } catch (error) {
    const { stderr = String(error) } = error as { stderr?: string };
    const reason = /^ERROR: (.*)/m.exec(stderr)?.[1] ?? stderr.split("\n")[0];
    return { missing: `the Python package index did not give ${requirements.join(", ")}: ${reason}` };
  }
  writeFileSync(complete, "");
  return { folder };
}
