/** What `hearth models show` prints of a model. */
import type { CatalogModel } from "../catalog/catalog-model.ts";
import { range } from "../catalog/choose.ts";
import {
  cacheBytesPerToken,
  cacheValueBytes,
  type MemoryParts,
  memoryMargin,
  memoryParts,
  sparkPoolGiB,
} from "../catalog/footprint.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { memoryShare } from "../domain/memory-share.ts";
import type { ModelSpec } from "../domain/model.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { duration } from "./words.ts";

type Line = [title: string, text: string];

export function modelSheet(model: CatalogModel, spec: ModelSpec): string {
  const { facts } = model;
  const lines: Line[] = [
    ["model", facts.id],
    ["also called", (facts.aliases ?? []).join(", ")],
    ["about", facts.summary ?? ""],
    ["status", [spec.status, spec.statusReason].filter(Boolean).join(": ")],
    ["good for", (facts.goodFor ?? []).join(", ")],
    ["can", spec.capabilities.join(", ")],
    ["licence", spec.license ?? ""],
    ["weights", weights(model)],
    ["architecture", architecture(model)],
    ["context", `${spec.context.toLocaleString("en")} tokens, ${spec.concurrency} requests at once`],
    ["clients", clients(model)],
    ...memory(model, spec),
    ["lifecycle", spec.policy.lifecycle],
    ["speed", speed(model)],
    ["speculation", speculation(model)],
    ["load", load(model, spec)],
    ["fixups", (spec.fixups ?? []).join(", ")],
    ...(facts.incompatible ?? []).map(
      ({ client, why, use }): Line => ["issue", `${client}: ${why} Use ${use} there instead.`],
    ),
    ...(facts.notes ?? []).map((note): Line => ["note", note]),
    ...(spec.runtime.kind === "container" ? container(model, spec.runtime) : [["runtime", spec.runtime.kind] as Line]),
  ];
  const shown = lines.filter(([, text]) => text !== "");
  const width = Math.max(...shown.map(([title]) => title.length));
  return `${shown.map(([title, text]) => `${title.padEnd(width)}  ${text}`).join("\n")}\n`;
}

function weights({ facts: { hub, quantization } }: CatalogModel): string {
  if (hub === undefined) return "";
  const revision = hub.revision === undefined ? "no commit pinned" : `commit ${hub.revision}`;
  return `huggingface.co/${hub.repo} (${revision}), ${quantization}`;
}

function architecture({ facts: { architecture: own, parameters } }: CatalogModel): string {
  if (own === undefined) return "";
  const active = parameters?.active === undefined ? "" : `, ${parameters.active} active`;
  const size = parameters === undefined ? "" : `; ${parameters.total} billion parameters${active}`;
  return `${own.kind}${size}`;
}

function clients({ facts: { clientLimits } }: CatalogModel): string {
  if (clientLimits === undefined) return "";
  const { context, output } = clientLimits;
  return `best told ${context.toLocaleString("en")} tokens of context and ${output.toLocaleString("en")} of answer`;
}

function memory({ facts }: CatalogModel, spec: ModelSpec): Line[] {
  const total = `${tenths(spec.memoryGiB)} GiB`;
  if (facts.footprint === undefined) return [["memory", total]];
  const parts = memoryParts({ ...facts, footprint: facts.footprint });
  const perToken = cacheBytesPerToken(facts.footprint, cacheValueBytes(facts.engine));
  const { tokens } = facts.footprint.kv;
  const cache =
    perToken === null || tokens === undefined
      ? "a budget: the shape of its cache is not known"
      : `${tokens.toLocaleString("en")} tokens x ${perToken.toLocaleString("en")} bytes`;
  return [
    [
      "memory",
      `${total} = ${sum(parts)}, and a margin of ${tenths(memoryMargin(spec.memoryGiB * bytesPerGiB) / bytesPerGiB)}`,
    ],
    ["", `cache: ${cache}; weights: ${facts.footprint.basis}`],
    ["", `${memoryShare(spec.memoryGiB, sparkPoolGiB)} of the ${sparkPoolGiB} GiB of a DGX Spark: an upper bound`],
  ];
}

/** `60.8 weights + 9 cache + 6 overhead`. */
export function sum({ weightsGiB, kvGiB, overheadGiB, draftGiB }: MemoryParts): string {
  const draft = draftGiB === 0 ? "" : ` + ${tenths(draftGiB)} draft`;
  return `${tenths(weightsGiB)} weights + ${tenths(kvGiB)} cache + ${tenths(overheadGiB)} overhead${draft}`;
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
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
): Line[] {
  return [
    ["image", `${image} (${track!.title})`],
    ["", `${track!.engine} ${track!.version}: ${track!.versionSource}`],
    ...(track!.notes ?? []).map((note): Line => ["", note]),
    ["entry point", entrypoint === undefined ? "the image's own" : entrypoint.join(" ")],
    ["command", command.map(quoted).join(" ")],
    ...Object.entries(env).map(([name, value], index): Line => [index === 0 ? "environment" : "", `${name}=${value}`]),
    ...mounts.map(({ source, target }, index): Line => [index === 0 ? "volumes" : "", `${source} at ${target}`]),
    ["shared memory", `${(shmMiB ?? 64) / 1024} GiB`],
  ];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word}'`;
}
