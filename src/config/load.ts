/** Reads hearth.yaml and the environment into a Config, or says everything that is wrong with them. */
import { isObject } from "../domain/json-object.ts";
import { type Environment, environmentKey, environmentOverrides, unknownVariables } from "./environment.ts";
import { explain, type Places } from "./explain.ts";
import { ConfigError } from "./issue.ts";
import { findConfigFile, homeDirectory } from "./locations.ts";
import { validKeysAt } from "./options.ts";
import { readText } from "./read-text.ts";
import { repeatedNames } from "./repeated-names.ts";
import { type ConfigValues, configSchema } from "./schema/root.ts";
import type { Config } from "./types.ts";
import { parseYaml, type YamlSource } from "./yaml-source.ts";

export interface LoadOptions {
  /** Working directory: where hearth.yaml is looked for, and base of relative paths in the environment. */
  cwd: string;
  env: Environment;
  /** `--config`: this file and no other. */
  file?: string | undefined;
}

export interface LoadedConfig {
  config: Config;
  /** Where each value stands, for faults that only a plan can find. */
  places: Places;
  /** The file says nothing, or there is none. */
  empty: boolean;
  /** Sentences about what is probably not meant, but harmless. */
  warnings: string[];
}

/** Throws a ConfigError with every fault, each with its place. */
export function loadConfig(options: LoadOptions): LoadedConfig {
  const file = findConfigFile(options);
  return parseConfig(file === null ? "" : readText(file), file, options);
}

/** As `loadConfig`, for a text: what `file` would contain. */
export function parseConfig(text: string, file: string | null, { cwd, env }: Omit<LoadOptions, "file">): LoadedConfig {
  const { source, issues } = parseYaml(text, file ?? "hearth.yaml");
  if (issues.length > 0) throw new ConfigError(issues);
  const said = withoutEmpty(source.value) ?? {};
  const empty = isObject(said) && Object.keys(said).length === 0;
  const { value, places } = overridden(said, source, env);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw new ConfigError(explain(parsed.error.issues, value, places, validKeysAt));
  const repeated = repeatedNames(parsed.data, places);
  if (repeated.length > 0) throw new ConfigError(repeated);
  const warnings = unknownVariables(env).map(
    ({ name, nearest }) =>
      `${name} is set, but Hearth knows no such variable.${nearest ? ` Did you mean ${nearest}?` : ""}`,
  );
  return { config: toConfig(parsed.data, { file, cwd, env, places }), places, empty, warnings };
}

/** A key with nothing behind it (its lines commented out, say) counts as absent. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

/** Lays the environment over the file; what came from a variable is located there. */
function overridden(file: unknown, source: YamlSource, env: Environment): { value: unknown; places: Places } {
  if (typeof file !== "object" || file === null || Array.isArray(file)) return { value: file, places: source };
  const overrides = environmentOverrides(env);
  const value = file as Record<string, unknown>;
  for (const { path, value: wanted } of overrides) put(value, path, wanted);
  const variable = (path: readonly PropertyKey[]) =>
    overrides.find((override) => override.path.every((part, index) => path[index] === part))?.variable;
  const from = (locate: Places["locate"]) => (path: readonly PropertyKey[]) => {
    const name = variable(path);
    if (name === undefined) return locate(path);
    return { file: `$${name}`, line: 1, column: 1, length: Math.max(1, env[name]!.length) };
  };
  return { value, places: { locate: from(source.locate), locateKey: from(source.locateKey) } };
}

function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [first, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  target[first] ??= {};
  const inner = target[first];
  // A file with a wrong value here is refused by the schema anyway.
  if (isObject(inner)) put(inner, rest, value);
}

interface Origin {
  file: string | null;
  cwd: string;
  env: Environment;
  places: Places;
}

function toConfig(values: ConfigValues, { file, cwd, env, places }: Origin): Config {
  const key = environmentKey(env);
  return {
    ...values,
    file,
    home: homeDirectory(values.home, { file, cwd, env }),
    keys: key === null ? values.keys : [key, ...values.keys],
    models: values.models.map(({ use, id, ...fields }, index) => ({
      ...(use === undefined ? {} : { use }),
      ...(id === undefined ? {} : { id }),
      fields,
      at: places.locate(["models", index]),
    })),
  };
}
