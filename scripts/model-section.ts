// What docs/models.md says of one model.
import type { CatalogModel } from "../src/catalog/catalog-model.ts";
import { range } from "../src/catalog/costs.ts";
import { cacheBytesPerToken, cacheValueBytes, memoryParts } from "../src/catalog/footprint.ts";
import type { Footprint } from "../src/catalog/schema.ts";
import { sum } from "../src/cli/memory-lines.ts";
import { bytesPerGiB } from "../src/domain/size.ts";

export function modelSection(model: CatalogModel): string {
  const { facts, fields } = model;
  const aliases = facts.aliases?.map((alias) => `\`${alias}\``).join(", ");
  const lines = [
    facts.summary,
    `- **${facts.status}**${fields.statusReason === undefined ? "" : `: ${fields.statusReason}`}`,
    aliases === undefined ? "" : `- also called ${aliases}`,
    `- can: ${(facts.capabilities ?? []).join(", ")}; licence: ${facts.license}`,
    weights(model),
    memory(model),
    clients(model),
    speed(model),
    facts.fixups === undefined ? "" : `- fixups: ${facts.fixups.join(", ")}`,
    ...(facts.incompatible ?? []).map(({ client, why, use }) => `- not with ${client}: ${why} Use \`${use}\` there.`),
    ...(facts.notes ?? []).map((note) => `- ${note}`),
  ];
  return `### ${facts.id}\n\n${lines
    .filter((line) => line !== "")
    .join("\n")
    .replace("\n", "\n\n")}`;
}

function weights({ facts: { hub, quantization, architecture, size: billions } }: CatalogModel): string {
  if (hub === undefined || architecture === undefined) return "";
  const { total, active } = billions ?? {};
  const size =
    total === undefined ? "" : `, ${total} billion parameters${active === undefined ? "" : ` (${active} active)`}`;
  const pinned = hub.revision === undefined ? "" : ` at \`${hub.revision.slice(0, 12)}\``;
  return `- [${hub.repo}](https://huggingface.co/${hub.repo})${pinned}: ${quantization}${size}; ${lowered(architecture.kind)}`;
}

function memory({ facts: { footprint, engine, speculation, lifecycle } }: CatalogModel): string {
  if (footprint === undefined) return "";
  const perToken = cacheBytesPerToken(footprint, cacheValueBytes(engine));
  const cache =
    perToken === null
      ? "the cache is a budget, as its shape is not known"
      : `the cache holds ${footprint.kv.tokens?.toLocaleString("en")} tokens of ${perToken.toLocaleString("en")} bytes`;
  const alone = lifecycle === "exclusive" ? "; runs alone" : lifecycle === "utility" ? "; stays beside the others" : "";
  return `- memory: ${sum(memoryParts({ footprint, engine, speculation }))} (GiB); weights ${footprint.basis}, ${cache}${alone}${start(footprint)}`;
}

function start({ startPeak }: Footprint): string {
  if (startPeak === undefined) return "";
  return `\n- **takes up to ${(startPeak.size / bytesPerGiB).toFixed(0)} GiB while it starts**: ${startPeak.source}`;
}

function clients({ facts: { clientLimits, concurrency = 1 } }: CatalogModel): string {
  const requests = `${concurrency} ${concurrency === 1 ? "request" : "requests"} at once`;
  if (clientLimits === undefined) return `- ${requests}`;
  const { context, output } = clientLimits;
  return `- ${requests}; clients are best told ${context.toLocaleString("en")} tokens of context, ${output.toLocaleString("en")} of answer`;
}

function speed({ facts: { expected } }: CatalogModel): string {
  const { tokensPerSecond, load } = expected ?? {};
  const parts = [
    tokensPerSecond === undefined ? "" : `${range(tokensPerSecond)} tokens per second (${tokensPerSecond.source})`,
    load === undefined ? "" : `ready after ${Math.round(load.time / 60)} minutes (${load.source})`,
  ].filter(Boolean);
  return parts.length === 0 ? "" : `- ${parts.join("; ")}`;
}

function lowered(text: string): string {
  return /^[A-Z][a-z]/.test(text) && !text.startsWith("Mamba") ? text[0]!.toLowerCase() + text.slice(1) : text;
}
