/** Unmodified clients from the npm registry, in a folder that later runs use again. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { firstLine, keptFolder } from "./kept-folder.ts";

/** One folder each. Raise a version, and the facts of docs/integrations.md with it. */
const pinned = {
  sdks: {
    openai: "7.55.0",
    "@anthropic-ai/sdk": "1.11.0",
    ollama: "0.6.4",
    "@google/genai": "3.3.0",
    ai: "7.0.173",
    "@ai-sdk/openai-compatible": "3.0.92",
    "@langchain/openai": "1.6.0",
    "@langchain/core": "1.2.13",
    zod: "4.6.7",
  },
  opencode: { "opencode-ai": "1.18.33" },
  codex: { "@openai/codex": "0.169.0" },
  "claude-code": { "@anthropic-ai/claude-code": "2.1.329" },
  cline: { cline: "3.0.65" },
  "qwen-code": { "@qwen-code/qwen-code": "0.24.4" },
  "gemini-cli": { "@google/gemini-cli": "0.61.0" },
  continue: { "@continuedev/cli": "1.5.47" },
} as const;

const platform = `${process.platform}-${process.arch}`;

const programs: Record<keyof typeof pinned, string> = {
  sdks: "",
  opencode: `opencode-${platform}/bin/opencode`,
  codex: ".bin/codex",
  "claude-code": `@anthropic-ai/claude-code-${platform}/claude`,
  cline: ".bin/cline",
  "qwen-code": "@qwen-code/qwen-code/cli-entry.js",
  "gemini-cli": "@google/gemini-cli/bundle/gemini.js",
  continue: "@continuedev/cli/dist/cn.js",
};

export type PackageGroup = keyof typeof pinned;

export interface Packages {
  folder: string;
  /** The group's program: the one for this platform, since no install script has put it in its place. */
  program: string;
  // biome-ignore lint/suspicious/noExplicitAny: their types are not installed here
  load(name: string): Promise<any>;
}

/** Without a registry it shall not take npm's usual minute to say so. */
const installFlags = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
];

/** The group, installed if it was not; or why it is missing. */
export async function installed(group: PackageGroup): Promise<Packages | { missing: string }> {
  const dependencies = pinned[group];
  const folder = await keptFolder({
    name: group,
    pinned: dependencies,
    installer(empty) {
      writeFileSync(join(empty, "package.json"), JSON.stringify({ private: true, dependencies }));
      return ["npm", "install", ...installFlags];
    },
    reason(printed) {
      const why = /npm error (?!code|syscall|errno)(.*)/.exec(printed)?.[1] ?? firstLine(printed);
      return `the npm registry did not give ${Object.keys(dependencies).join(", ")}: ${why}`;
    },
  });
  if (typeof folder !== "string") return folder;
  const require = createRequire(join(folder, "package.json"));
  return {
    folder,
    program: join(folder, "node_modules", programs[group]),
    load: (name) => import(pathToFileURL(require.resolve(name)).href),
  };
}
