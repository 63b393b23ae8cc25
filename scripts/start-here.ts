// The first lines of docs/models.md: what the chooser names first on the machines that people have.

import type { Catalog } from "../src/catalog/catalog-model.ts";
import type { Choice } from "../src/catalog/choice.ts";
import { choose, firstChoice } from "../src/catalog/choose.ts";
import { range } from "../src/catalog/costs.ts";
import { sparkPoolGiB } from "../src/catalog/footprint.ts";
import { type EnginePlace, placeOf } from "../src/domain/engine-place.ts";
import type { Wish } from "../src/domain/wish.ts";

const spark = withGpu(sparkPoolGiB);

const machines: [title: string, place: EnginePlace][] = [
  ["a DGX Spark of 128 GB", spark],
  ["a DGX Spark of 64 GB", withGpu(60.6)],
  ["a PC with a card of 24 GB", withGpu(62, 24)],
  ["no GPU, 16 GB, 8 processors", processorsOnly(15.4, 8)],
  ["no GPU, 8 GB, 4 processors", processorsOnly(7.6, 4)],
];

const wishes: [title: string, wish: Wish][] = [
  ["agents, on the Spark", { purpose: "agents" }],
  ["images and tools in 64k, there", { purpose: null, needs: ["vision", "tools"], context: 65_536 }],
  ["speech, there", { purpose: "audio" }],
  ["embeddings, there", { purpose: "embeddings" }],
];

/** Ten lines with the heading of their table left out. */
export function startHere(catalog: Catalog): string {
  const lines = [
    ...machines.map(([title, place]) => line(title, firstChoice(catalog, place))),
    ...wishes.map(([title, wish]) => line(title, choose(catalog, wish, spark)[0] ?? null)),
    line("a first look, on anything", choose(catalog, { purpose: "trying-out" }, null)[0] ?? null),
  ];
  return `## Start here

| for | take | download | tokens/s | what it is |
|---|---|---|---|---|
${lines.join("\n")}

\`hearth models choose\` says this for the machine that it runs on: what can run there, then what somebody has seen work on
the very image, speed, age and quality, each with its costs. Speeds without a source here are guesses from the size.`;
}

function line(title: string, choice: Choice | null): string {
  if (choice === null) return `| ${title} | nothing that works | | | |`;
  const { model, spec, costs } = choice;
  const { downloadGB, tokensPerSecond: speed } = costs;
  const told = speed === null ? "" : `${speed.guessed ? "about " : ""}${range(speed)}`;
  const size = downloadGB === null ? "" : `${downloadGB} GB`;
  return `| ${title} | [\`${model.id}\`](#${model.id.replaceAll(".", "")}) | ${size} | ${told} | ${spec.summary} |`;
}

function withGpu(totalGiB: number, cardGiB?: number): EnginePlace {
  const card = cardGiB === undefined ? {} : { card: { totalGiB: cardGiB, availableGiB: cardGiB } };
  return placeOf({
    memory: { totalGiB, availableGiB: totalGiB, ...card },
    gpu: true,
    architecture: null,
    processors: 20,
    containers: true,
  });
}

function processorsOnly(totalGiB: number, processors: number): EnginePlace {
  return placeOf({
    memory: { totalGiB, availableGiB: totalGiB },
    gpu: false,
    architecture: null,
    processors,
    containers: false,
  });
}
