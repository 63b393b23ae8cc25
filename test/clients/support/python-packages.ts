/** Unmodified clients from the Python package index, in folders that later runs use again. */
import { pipMissing } from "../../support/weights/pip-missing.ts";
import { firstLine, keptFolder } from "./kept-folder.ts";

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
  const folder = await keptFolder({
    name: `python-${group}`,
    pinned: requirements,
    installer: (empty) => {
      return ["python3", "-m", "pip", "install", "--quiet", ...installFlags, "--target", empty, ...requirements];
    },
    reason(printed) {
      if (pipMissing !== null) return pipMissing;
      const why = /^ERROR: (.*)/m.exec(printed)?.[1] ?? firstLine(printed);
      return `the Python package index did not give ${requirements.join(", ")}: ${why}`;
    },
  });
  return typeof folder === "string" ? { folder } : folder;
}
