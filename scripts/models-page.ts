// The text of docs/models.md, made from the catalog.
import { readCatalog } from "../src/catalog/catalog.ts";
import type { Catalog, CatalogModel } from "../src/catalog/catalog-model.ts";
import { choose } from "../src/catalog/choose.ts";
import { sparkPoolGiB } from "../src/catalog/footprint.ts";
import { gibibytes } from "../src/cli/words.ts";
import { memoryShare } from "../src/domain/memory-share.ts";
import { type Purpose, purposes } from "../src/domain/purposes.ts";
import { bytesPerGiB } from "../src/domain/size.ts";
import { modelSection } from "./model-section.ts";
import { startHere } from "./start-here.ts";

export function modelsPage(): string {
  const catalog = readCatalog();
  const all = [...catalog.values()];
  const models = all.filter(({ facts }) => facts.status !== "disabled");
  const archived = all.filter(({ facts }) => facts.status === "disabled");
  const families = [...new Set(models.map(({ family }) => family))].sort();
  return `<!-- Made by \`npm run generate\` from catalog/models and catalog/images; edit those. -->
# Models

${startHere(catalog)}

${introduction(all)}

## Which one

The first three that \`hearth models choose --for\` names on a DGX Spark for each purpose; it also takes \`--memory\`,
\`--needs\` and \`--context\`, and says why.

| for | models |
|---|---|
${purposes.map((purpose) => `| ${purpose} | ${firstThree(catalog, purpose)} |`).join("\n")}

## All of them

| model | status | for | context | memory | share | tokens/s | image |
|---|---|---|---|---|---|---|---|
${models.map(row).join("\n")}

${families.map((family) => section(family, models)).join("\n\n")}

${archive(archived)}

${images(all)}
`;
}

function introduction(models: CatalogModel[]): string {
  const count = (status: string) => models.filter(({ facts }) => facts.status === status).length;
  return `Hearth knows ${models.length} models. Each is a file of \`catalog/models\`; \`hearth models --all\` lists them, \`hearth models show <model>\`
says everything about one, and in \`hearth.yaml\` any field can be overridden beside \`use: <model>\`.

None of those that need a GPU has been run by this project: its tests have no DGX Spark. What is written here was
gathered from the people who did run them, and everything that can be checked without a GPU is checked when the catalog
is read: that each flag, parser and model class exists in the engine's release, that the memory adds up, that the context
fits in the cache, that no name is taken twice.

| status | models | what it means |
|---|---|---|
| recommended | ${count("recommended")} | the first choice of the people who run a Spark |
| validated | ${count("validated")} | reported to work on the very image that is named here |
| experimental | ${count("experimental")} | should work; nobody has vouched for these settings on this image |
| manual | ${count("manual")} | offered, but better not by default: too slow, or known by name only |
| disabled | ${count("disabled")} | does not work; a request is refused with the reason and the model to use instead |

Memory is weights + cache + everything else that the engine takes (6 GiB for vLLM, between the 5.4 and 6.7 GiB that were
measured) + a margin of a twentieth, at least 1 GiB, rounded up. vLLM is told the size of its cache in bytes
(\`--kv-cache-memory-bytes\`), so that nothing which other programs do while it starts changes it. Its share of the
${sparkPoolGiB} GiB that CPU and GPU of a DGX Spark have in common (\`--gpu-memory-utilization\`) is then an upper bound; on a
machine with more or less it follows from that machine's memory.`;
}

function firstThree(catalog: Catalog, purpose: Purpose): string {
  const chosen = choose(catalog, { purpose }, null).slice(0, 3);
  return chosen.length === 0 ? "none that works" : chosen.map(({ model }) => link(model.id)).join(", ");
}

function row({ id, facts }: CatalogModel): string {
  const memory = (facts.memory ?? 0) / bytesPerGiB;
  const speed = facts.expected?.tokensPerSecond;
  return `| ${[
    link(id),
    facts.status,
    (facts.goodFor ?? []).join(", "),
    facts.context?.toLocaleString("en"),
    gibibytes(memory),
    facts.engine === undefined ? "" : memoryShare(memory, sparkPoolGiB),
    speed === undefined ? "" : [...new Set([speed.from, speed.to])].join("-"),
    facts.engine?.track ?? "in Hearth",
  ].join(" | ")} |`;
}

function section(family: string, models: CatalogModel[]): string {
  const own = models.filter((model) => model.family === family);
  return `## ${family}\n\n${own.map(modelSection).join("\n\n")}`;
}

function archive(models: CatalogModel[]): string {
  return `## Archive

These do not work, or nobody should use them any more. They still answer by name: with the reason, and the model to use
instead.

${models.map(modelSection).join("\n\n")}`;
}

function images(models: CatalogModel[]): string {
  const tracks = new Map(models.flatMap(({ track }) => (track === undefined ? [] : [[track.name, track] as const])));
  const rows = [...tracks.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, title, engine, version, image, source, build, license }) => {
      const minutes = build?.minutes === undefined ? "" : ` (${build.minutes.from} to ${build.minutes.to} minutes)`;
      const how = source === "build" ? `built here${minutes}` : "pulled";
      return `| ${name} | ${title} | ${engine} ${version} | \`${image}\` | ${how} | ${license} |`;
    });
  return `## Images

None of the images that are built has been built by this project.

| track | what | engine | image | how it is had | licence |
|---|---|---|---|---|---|
${rows.join("\n")}`;
}

function link(id: string): string {
  return `[\`${id}\`](#${id.replaceAll(".", "")})`;
}
