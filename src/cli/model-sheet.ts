/** What `hearth models show` prints of a model. */
import type { CatalogModel } from "../catalog/catalog-model.ts";
import { range } from "../catalog/costs.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import type { MemoryUse } from "../domain/memory-use.ts";
import type { ModelSpec } from "../domain/model.ts";
import { noParameters, type Parameters, variantName } from "../domain/request-parameters.ts";
import type { Resolution } from "../domain/resolved.ts";
import { gib } from "../domain/size.ts";
import { memoryLines } from "./memory-lines.ts";
import { type SheetLine, sheet } from "./sheet.ts";
import { duration } from "./words.ts";

/** What this machine knows of a model beside the catalog. */
export interface KnownHere {
  /** What its engines took; null where nobody can say. */
  seen: MemoryUse | null;
  /** What its branches and tags stand for here. */
  kept: readonly ({ name: string } & Resolution)[];
  /** Why the machine cannot run it, as a part of a sentence; null where it can, or nobody has looked. */
  hindrance: string | null;
}

/** `columns`: of the terminal. */
export function modelSheet(
  model: CatalogModel,
  spec: ModelSpec,
  columns: number,
  { seen, kept, hindrance }: KnownHere = nothingHere,
): string {
  const { facts } = model;
  const lines: SheetLine[] = [
    ["model", facts.id],
    ["also called", (facts.aliases ?? []).join(", ")],
    ["about", facts.summary ?? ""],
    ["status", [spec.status, spec.statusReason].filter(Boolean).join(": ")],
    ["not here", hindrance ?? ""],
    ["good for", (facts.goodFor ?? []).join(", ")],
    ["can", spec.capabilities.join(", ")],
    ["licence", spec.license ?? ""],
    ["weights", weights(model) || file(spec)],
    ...kept.map(
      ({ name, is, since, before }, index): SheetLine => [
        index === 0 ? "kept here" : "",
        `${name} is ${is} since ${since.slice(0, 10)}${before === undefined ? "" : `, was ${before}`}`,
      ],
    ),
    ["architecture", architecture(model)],
    ["context", `${spec.context.toLocaleString("en")} tokens, ${requestsAtOnce(spec)}`],
    ["clients", clients(model)],
    ...memoryLines(model, spec),
    ["on this machine", seen === null ? "" : use(seen)],
    ["lifecycle", spec.policy.lifecycle],
    ["speed", speed(model)],
    ["speculation", speculation(model)],
    ["load", load(model, spec)],
    ["fixups", (spec.fixups ?? []).join(", ")],
    ...requests(spec),
    ...(facts.incompatible ?? []).map(
      ({ client, why, use }): SheetLine => ["issue", `${client}: ${why} Use ${use} there instead.`],
    ),
    ...(facts.notes ?? []).map((note): SheetLine => ["note", note]),
    ...(spec.runtime.kind === "container"
      ? container(model, spec.runtime)
      : [["runtime", spec.runtime.kind] as SheetLine]),
  ];
  return sheet(lines, columns);
}

const nothingHere: KnownHere = { seen: null, kept: [], hindrance: null };

/** What its requests are given, and the names under which it answers otherwise. */
function requests({ id, parameters }: ModelSpec): SheetLine[] {
  const { defaults, set, strip, variants } = parameters ?? noParameters;
  const given: SheetLine[] = [
    ["defaults", values(defaults)],
    ["set", values(set)],
    ["strip", strip.join(", ")],
  ];
  const named = Object.entries(variants).map(
    ([name, own], index): SheetLine => [index === 0 ? "variants" : "", `${variantName(id, name)}: ${values(own)}`],
  );
  return [...given, ...named];
}

function values(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}

function weights({ facts: { hub, quantization } }: CatalogModel): string {
  if (hub === undefined) return "";
  const revision =
    hub.revision === undefined ? "the commit that the first fetch finds is kept" : `commit ${hub.revision}`;
  return `huggingface.co/${hub.repo} (${revision}), ${quantization}`;
}

/** Of a model that is one file. */
function file({ weights, make }: ModelSpec): string {
  if (weights === undefined) return "";
  const hub = weights.sources.find((source) => source.kind === "hub");
  const from = hub === undefined ? "" : `huggingface.co/${hub.repo} (commit ${hub.revision}), `;
  const format = make?.quantization == null ? "" : `, ${make.quantization}`;
  return `${from}${weights.file}, ${(weights.bytes / 1e9).toFixed(1)} GB${format}`;
}

function requestsAtOnce({ concurrency }: ModelSpec): string {
  return concurrency === 1 ? "one request at a time" : `${concurrency} requests at once`;
}

function architecture({ facts: { architecture: own, size: billions } }: CatalogModel): string {
  if (own === undefined) return "";
  const active = billions?.active === undefined ? "" : `, ${billions.active} active`;
  const size = billions === undefined ? "" : `; ${billions.total} billion parameters${active}`;
  return `${own.kind}${size}`;
}

function clients({ facts: { clientLimits } }: CatalogModel): string {
  if (clientLimits === undefined) return "";
  const { context, output } = clientLimits;
  return `best told ${context.toLocaleString("en")} tokens of context and ${output.toLocaleString("en")} of answer`;
}

function use({ startPeakGiB, restGiB }: MemoryUse): string {
  return `${gib(restGiB)} at rest and ${gib(startPeakGiB)} while it started, as seen here; used in place of the catalog's figure`;
}

function speed({ facts: { expected } }: CatalogModel): string {
  const known = expected?.tokensPerSecond;
  return known === undefined ? "not published" : `${range(known)} tokens per second (${known.source})`;
}

function speculation({ facts: { speculation: known } }: CatalogModel): string {
  if (known === undefined) return "";
  const { method, model, tokens, without, source } = known;
  const draft = model === undefined ? "its own layer" : `huggingface.co/${model}`;
  const slower = without === undefined ? "" : `; without it ${range(without)} tokens per second (${without.source})`;
  const change =
    known.default === "on" ? "on; `speculation: false` beside `use`" : "off; `speculation: true` beside `use`";
  return `${change} changes that: ${method}, ${tokens} tokens ahead with ${draft} (${source})${slower}`;
}

function load({ facts: { expected, footprint } }: CatalogModel, { loadSeconds }: ModelSpec): string {
  if (footprint === undefined) return `about ${duration(loadSeconds)}`;
  const known = expected?.load;
  return `about ${duration(loadSeconds)} (${known === undefined ? "a guess from its size" : known.source})`;
}

function container(
  { track }: CatalogModel,
  { image, entrypoint, command, env, mounts, shmMiB }: ContainerRuntime,
): SheetLine[] {
  return [
    ["image", `${image} (${track!.title})`],
    ["", `${track!.engine} ${track!.version}: ${track!.versionSource}`],
    ...(track!.notes ?? []).map((note): SheetLine => ["", note]),
    ["entry point", entrypoint === undefined ? "the image's own" : entrypoint.join(" ")],
    ["command", command.map(quoted).join(" ")],
    ...Object.entries(env).map(
      ([name, value], index): SheetLine => [index === 0 ? "environment" : "", `${name}=${value}`],
    ),
    ...mounts.map(({ source, target }, index): SheetLine => [index === 0 ? "volumes" : "", `${source} at ${target}`]),
    ["shared memory", `${(shmMiB ?? 64) / 1024} GiB`],
  ];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word}'`;
}
