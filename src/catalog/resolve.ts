/** Entries of `models:` and the catalog -> ModelSpec: overrides are laid over, defaults filled in, gaps refused. */
import { dirname, resolve } from "node:path";
import { ConfigError, type ConfigIssue } from "../config/issue.ts";
import type { ModelFields } from "../config/schema/model.ts";
import type { ModelEntry } from "../config/types.ts";
import type { ModelMake, ModelSpec, WeightsSpec } from "../domain/model.ts";
import { nearestName } from "../domain/nearest.ts";
import { variantNames } from "../domain/request-parameters.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { cacheShortage } from "./cache-fit.ts";
import type { Catalog, CatalogModel } from "./catalog-model.ts";
import { containerRuntime } from "./container-runtime.ts";
import { memoryParts } from "./footprint.ts";
import { modelPolicy, type PolicyDefaults, usualPolicy } from "./model-policy.ts";
import { ineffective, requestParameters } from "./request-parameters.ts";
import { runtimeOf } from "./runtime.ts";

/** A model before its gaps are looked for. */
interface Incomplete {
  id: string;
  fields: ModelFields;
  at: ModelEntry["at"];
  /** What the catalog knows beyond the fields. */
  base?: CatalogModel;
}

/**
 * The models to serve, in the order of the entries; without entries the whole catalog: the same on every machine.
 * `defaults`: of the general policy. Throws a ConfigError with every fault: unknown `use`, missing fields, names that occur twice.
 */
export function resolveModels(entries: ModelEntry[], catalog: Catalog, defaults = usualPolicy): ModelSpec[] {
  const issues: ConfigIssue[] = [];
  const drafts =
    entries.length === 0
      ? [...catalog.values()].map((base): Incomplete => ({ ...base, base }))
      : entries.flatMap((entry) => draft(entry, catalog, issues));
  const specs = drafts.flatMap((each) => complete(each, defaults, issues));
  if (issues.length === 0) issues.push(...repeated(specs, drafts));
  if (issues.length > 0) throw new ConfigError(issues);
  return specs;
}

function draft({ use, id, fields, at }: ModelEntry, catalog: Catalog, issues: ConfigIssue[]): Incomplete[] {
  const own = located(fields, at.file);
  if (use === undefined) return [{ id: id!, fields: own, at }];
  const base = catalog.get(use) ?? [...catalog.values()].find((model) => model.fields.aliases?.includes(use));
  if (base === undefined) {
    const nearest = nearestName(use, catalog.keys());
    const message = `${JSON.stringify(use)} is not in the catalog.`;
    issues.push({ ...at, length: 1, path: "use", message, ...(nearest === null ? {} : { nearest }) });
    return [];
  }
  const inherited = located(base.fields, base.at.file);
  // A second name would make two models of the same names, were the aliases inherited too.
  const { aliases, ...rest } = inherited;
  const from = id === undefined || id === base.id ? inherited : rest;
  return [{ id: id ?? base.id, fields: merged(from, own), at, base }];
}

function merged(base: ModelFields, own: ModelFields): ModelFields {
  const sameKind = own.runtime?.kind === undefined || own.runtime.kind === base.runtime?.kind;
  const runtime = sameKind ? { ...base.runtime, ...own.runtime } : own.runtime;
  return { ...base, ...own, ...(runtime === undefined ? {} : { runtime }) };
}

/** Paths are relative to the file that says them. */
function located(fields: ModelFields, file: string): ModelFields {
  const folder = dirname(file);
  const { runtime, weights } = fields;
  return {
    ...fields,
    ...(runtime?.cwd === undefined ? {} : { runtime: { ...runtime, cwd: resolve(folder, runtime.cwd) } }),
    ...(weights === undefined ? {} : { weights: locatedWeights(weights, folder) }),
  };
}

function locatedWeights(weights: WeightsSpec, folder: string): WeightsSpec {
  const sources = weights.sources.map((source) =>
    source.kind === "file" ? { ...source, path: resolve(folder, source.path) } : source,
  );
  return { ...weights, sources };
}

/** Seconds until a model is ready, where nobody has said or measured them. */
const usualLoadSeconds = 60;

function complete({ id, fields, at, base }: Incomplete, defaults: PolicyDefaults, issues: ConfigIssue[]): ModelSpec[] {
  const missing = (path: string, what: string) => {
    issues.push({ ...at, length: 1, path: `${id}: ${path}`, message: `missing: ${what} is needed.` });
  };
  const { memory, context, runtime: given } = fields;
  if (memory === undefined) missing("memory", "a size such as 8GiB");
  if (context === undefined) missing("context", "the number of tokens of prompt and answer together");
  const container = containerRuntime(fields, base);
  const shortage = container === null ? null : cacheShortage(fields, base!);
  if (shortage !== null) issues.push({ ...at, length: 1, path: `${id}: memory`, message: shortage });
  const runtime = container ?? runtimeOf(given, missing);
  if (runtime?.kind === "embedded" && fields.weights === undefined)
    missing("weights", "the embedded engine's GGUF file");
  const parameters = requestParameters(fields);
  for (const { path, message } of ineffective(parameters))
    issues.push({ ...at, length: 1, path: `${id}: ${path}`, message });
  if (memory === undefined || context === undefined || runtime === null) return [];
  return [
    {
      id,
      aliases: fields.aliases ?? [],
      summary: fields.summary ?? id,
      runtime,
      ...(fields.weights === undefined ? {} : { weights: fields.weights }),
      memoryGiB: memory / bytesPerGiB,
      ...(container === null ? {} : { ...startPeak(base!, memory), ...least(base!, memory) }),
      context,
      concurrency: fields.concurrency ?? 1,
      policy: modelPolicy(fields, defaults),
      capabilities: fields.capabilities ?? ["chat", "completions"],
      ...(fields.fixups === undefined ? {} : { fixups: fields.fixups }),
      parameters,
      status: fields.status ?? "manual",
      ...(fields.statusReason === undefined ? {} : { statusReason: fields.statusReason }),
      loadSeconds: fields.loadTime ?? usualLoadSeconds,
      ...(fields.license === undefined ? {} : { license: fields.license }),
      ...(base === undefined ? {} : { make: makeOf(base) }),
    },
  ];
}

function makeOf({ family, facts: { size, quantization } }: CatalogModel): ModelMake {
  return { family, parameters: size?.total ?? null, quantization: quantization ?? null };
}

/** Nothing where somebody has said the memory: then that is what the model may take. */
function least({ facts }: CatalogModel, memory: number): Pick<ModelSpec, "leastGiB"> {
  const { footprint } = facts;
  if (footprint === undefined || memory !== facts.memory) return {};
  const { weightsGiB, kvGiB } = memoryParts({ ...facts, footprint });
  return { leastGiB: weightsGiB + kvGiB };
}

/** Only where it is more than the model takes later. */
function startPeak({ facts }: CatalogModel, memory: number): Pick<ModelSpec, "startPeakGiB"> {
  const peak = facts.footprint?.startPeak?.size ?? 0;
  return peak > memory ? { startPeakGiB: peak / bytesPerGiB } : {};
}

/** Ids, aliases and the names of variants share one space: a request could mean either model. */
function repeated(specs: ModelSpec[], drafts: Incomplete[]): ConfigIssue[] {
  const owners = new Map<string, number>();
  return specs.flatMap((spec, index) =>
    namesOf(spec).flatMap(({ name, path }): ConfigIssue[] => {
      const owner = owners.get(name);
      if (owner === undefined) {
        owners.set(name, index);
        return [];
      }
      const other = specs[owner]!.id;
      const message = `the name ${JSON.stringify(name)} is taken by ${other === name ? "another entry" : other}.`;
      return [{ ...drafts[index]!.at, length: 1, path, message }];
    }),
  );
}

/** With the place of each in the model's entry. */
function namesOf(spec: ModelSpec): { name: string; path: string }[] {
  const { id, aliases } = spec;
  return [
    { name: id, path: "id" },
    ...aliases.map((name) => ({ name, path: `${id}: aliases` })),
    ...variantNames(spec).map(({ name, variant }) => ({ name, path: `${id}: variants.${variant}` })),
  ];
}
