/** The environment that the process of a model gets. */
import type { ProcessRuntime } from "../../../domain/model.ts";
import { fill, type Placeholders } from "../../../domain/placeholders.ts";

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
