/** What is run for a model: its command with the placeholders filled in, and the environment it gets. */
import type { ProcessRuntime } from "../../../domain/model.ts";

export interface Placeholders {
  port: number;
  model: string;
  weights: string | null;
}

/** The program and its arguments. */
export function fillCommand(command: string[], values: Placeholders): string[] {
  return command.map((part) => fill(part, values));
}

/**
 * What of Hearth's own environment an engine sees. Nothing else: it holds secrets (HEARTH_API_KEY, tokens of hubs)
 * that an engine and its plugins have no business with. A model's `env` adds what it needs.
 */
const inherited = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "USER"];

export function engineEnvironment(
  own: NodeJS.ProcessEnv,
  configured: ProcessRuntime["env"],
  values: Placeholders,
  identity: Record<string, string>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherited) if (own[name] !== undefined) environment[name] = own[name];
  for (const [name, value] of Object.entries(configured)) environment[name] = fill(value, values);
  return { ...environment, ...identity };
}

function fill(text: string, { port, model, weights }: Placeholders): string {
  return text.replace(/\{(port|model|weights)\}/g, (_, name: string) => {
    if (name === "port") return String(port);
    if (name === "model") return model;
    if (weights === null) throw new Error(`${model} uses {weights} in its command, but has no weights configured.`);
    return weights;
  });
}
