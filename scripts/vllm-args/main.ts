// Every vLLM command of the catalog, parsed by the parser of its release. On request: needs python3 and a package index.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCatalog } from "../../src/catalog/catalog.ts";
import type { ImageTrack } from "../../src/catalog/image-track.ts";
import { resolveModels } from "../../src/catalog/resolve.ts";
import { fill } from "../../src/domain/placeholders.ts";
import { nothingResolved, pinned } from "../../src/domain/resolved.ts";
import { installPython, python, unpackedRelease } from "./environment.ts";
import { type ParsedModel, resultPage } from "./result-page.ts";
import { withoutExtras } from "./without-extras.ts";

const parser = fileURLToPath(new URL("parse_arguments.py", import.meta.url));
const page = fileURLToPath(new URL("../../docs/vllm-arguments.md", import.meta.url));

const asked = vllmModels();
installPython();
const parsed = [...Map.groupBy(asked, ({ track }) => track.version)].flatMap(([release, models]) => {
  console.log(`vLLM ${release}: ${models.length} commands`);
  const input = JSON.stringify(Object.fromEntries(models.map(({ id, words }) => [id, words])));
  const said = execFileSync(python, [parser, unpackedRelease(release)], { input, encoding: "utf8" });
  const faults = JSON.parse(said.trim().split("\n").at(-1)!) as Record<string, string | null>;
  return models.map(({ id, track, extras }): ParsedModel => {
    return { id, track: track.name, release, extras, fault: faults[id] ?? null };
  });
});
for (const { id, release, fault } of parsed) if (fault !== null) console.error(`${id}: vLLM ${release}: ${fault}`);
writeFileSync(page, resultPage(parsed, new Date()));
process.exitCode = parsed.some(({ fault }) => fault !== null) ? 1 : 0;

/** What each model's engine is told after `vllm serve`, filled in as a start would. */
function vllmModels(): { id: string; track: ImageTrack; words: string[]; extras: string[] }[] {
  const catalog = readCatalog();
  return resolveModels([], catalog).flatMap(({ id, runtime, status }) => {
    const track = catalog.get(id)?.track;
    if (runtime.kind !== "container" || track?.engine !== "vllm" || status === "disabled") return [];
    const values = { port: 8000, model: id, weights: null, key: "key", share: 0.5 };
    const command = pinned(runtime, nothingResolved).command.map((word) => fill(word, values));
    const words = command.slice(command.indexOf("serve") + 1);
    return [{ id, track, ...withoutExtras(words, track) }];
  });
}
