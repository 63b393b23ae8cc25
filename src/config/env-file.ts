/** `.env`: lines of NAME=value, as Docker Compose reads them too. */
import { join } from "node:path";
import type { Environment } from "./environment.ts";
import { absolute, defaultHome } from "./locations.ts";
import { readText } from "./read-text.ts";

/**
 * What `.env` in the state directory says, where the environment itself does not: `hearth setup` puts the key there.
 * The state directory is HEARTH_HOME's, or the usual one.
 */
export function homeEnvironment(env: Environment, cwd: string): Record<string, string> {
  const home = env.HEARTH_HOME ? absolute(env.HEARTH_HOME, cwd, env) : defaultHome(env);
  return Object.fromEntries(Object.entries(readEnvFile(join(home, ".env"))).filter(([name]) => !env[name]));
}

/** Empty where there is no such file, or it may not be read. */
export function readEnvFile(file: string): Record<string, string> {
  try {
    return parseEnvFile(readText(file));
  } catch {
    return {};
  }
}

/** Names with a value. Quotes around a value are taken off. */
export function parseEnvFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name, value] = /^(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line.trim()) ?? [];
    if (name !== undefined && value?.trim()) values[name] = value.trim().replace(/^(["'])(.*)\1$/, "$2");
  }
  return values;
}

export interface EnvLine {
  name: string;
  value: string;
  /** For people, above the line. */
  comment: string;
}

/** The text with these lines at its end; lines that name one of them without a value go. */
export function withLines(text: string, lines: readonly EnvLine[]): string {
  const empty = new RegExp(`^\\s*(${lines.map(({ name }) => name).join("|")})\\s*=\\s*$`);
  const kept = text.split("\n").filter((line) => !empty.test(line));
  const before = kept.join("\n").trimEnd();
  const added = lines.map(({ name, value, comment }) => `# ${comment}\n${name}=${value}\n`).join("\n");
  return before === "" ? added : `${before}\n\n${added}`;
}
