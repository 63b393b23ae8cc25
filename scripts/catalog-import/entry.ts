/** Writes what a recipe says into a model's file; comments, order and everything else stay. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseDocument } from "yaml";
import { type Difference, plain } from "./compare.ts";
import { type Recipe, sourceText } from "./recipe.ts";

/** Those of the differences that are taken. True where there was one. */
export function updateEntry(file: string, differences: readonly Difference[]): boolean {
  const taken = differences.filter(({ kept, set }) => kept === null && set !== undefined);
  if (taken.length === 0) return false;
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const { set } of taken) {
    if (set!.value === undefined) document.deleteIn(set!.path);
    else document.setIn(set!.path, set!.value);
  }
  writeFileSync(file, document.toString({ lineWidth: 120 }));
  return true;
}

/** `owner/Some-Model-NVFP4` -> `some-model-nvfp4`. */
export function entryId(repo: string): string {
  return repo.split("/")[1]!.toLowerCase();
}

/** What the recipe says, and no figure that it does not: `npm run check` names what a person has to add. */
export function newEntry(file: string, recipe: Recipe): void {
  const { repo, revision, flags, env, image, digest, measured } = recipe;
  const { "tool-call-parser": tool, "reasoning-parser": reasoning } = flags;
  const parsers = { ...(tool === undefined ? {} : { tool }), ...(reasoning === undefined ? {} : { reasoning }) };
  const left = Object.entries(flags).filter(([name]) => !written.has(name));
  const source = sourceText(recipe);
  const entry = {
    id: entryId(repo),
    ...{ summary: repo, status: "experimental", statusReason: `As published in ${source}; not run by this project.` },
    hub: { repo, ...(revision === null ? {} : { revision }) },
    ...(flags["max-model-len"] === undefined ? {} : { context: plain(flags["max-model-len"]) }),
    ...(flags["max-num-seqs"] === undefined ? {} : { concurrency: plain(flags["max-num-seqs"]) }),
    engine: {
      track: "?",
      flags: Object.fromEntries(left.map(([name, value]) => [name, plain(value)])),
      ...(Object.keys(env).length === 0 ? {} : { env }),
      ...(Object.keys(parsers).length === 0 ? {} : { parsers }),
    },
    ...(measured === null
      ? {}
      : { expected: { tokensPerSecond: { from: measured.decode, to: measured.decode, source } } }),
    notes: [`Published with the image ${image}${digest === null ? "" : `@${digest}`}, ${recipe.source.path}.`],
  };
  const document = parseDocument("");
  document.contents = document.createNode(entry) as typeof document.contents;
  document.commentBefore = " yaml-language-server: $schema=../../../schema/model.schema.json";
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, document.toString({ lineWidth: 120 }), { flag: "wx" });
}

/** Stand in other fields, or follow from the machine. */
const written = new Set([
  ...[
    "tool-call-parser",
    "reasoning-parser",
    "enable-auto-tool-choice",
    "max-model-len",
    "max-num-seqs",
    "host",
    "port",
  ],
  ...[
    "gpu-memory-utilization",
    "served-model-name",
    "tensor-parallel-size",
    "pipeline-parallel-size",
    "speculative-config",
  ],
]);
