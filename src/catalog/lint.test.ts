import { describe, expect, test } from "vitest";
import { parseYaml } from "../config/yaml-source.ts";
import { bytesPerGiB } from "../domain/size.ts";
import { catalogFolders, readCatalog } from "./catalog.ts";
import type { CatalogModel } from "./catalog-model.ts";
import { readEngineVersions } from "./engine-version.ts";
import { readTracks } from "./image-track.ts";
import { lint } from "./lint.ts";
import type { CatalogFields, EngineFields, Flags } from "./schema.ts";

const tracks = readTracks(catalogFolders.images, []);
const versions = readEngineVersions(catalogFolders.engines, []);
const catalog = readCatalog();
const { source } = parseYaml("", "model.yaml");

/** What is said of gpt-oss-20b when `change` is made to it. */
function faults(change: Partial<CatalogFields>): string[] {
  const base = catalog.get("gpt-oss-20b")!;
  const facts = { ...base.facts, ...change };
  // Under these names `hearth.yaml` says something else.
  const { speculation: _speculation, parameters: _parameters, ...fields } = change;
  const model: CatalogModel = { ...base, facts, fields: { ...base.fields, ...fields }, source };
  const track = facts.engine && tracks.get(facts.engine.track);
  const { track: _, ...rest } = model;
  const changed = new Map(catalog).set(model.id, track === undefined ? rest : { ...rest, track });
  return lint(changed, tracks, versions).map(({ path, message }) => `${path}: ${message}`);
}

const { engine, footprint, memory } = catalog.get("gpt-oss-20b")!.facts;

function withFlags(flags: Flags): EngineFields {
  return { ...engine!, flags: { ...engine!.flags, ...flags } };
}

test("the catalog that comes with Hearth is sound", () => {
  expect(lint(catalog, tracks, versions)).toEqual([]);
});

describe("is refused:", () => {
  test.each<[string, Partial<CatalogFields>, RegExp]>([
    [
      "a flag that this release does not have",
      { engine: withFlags({ "max-num-batched-token": 1 }) },
      /^engine\.flags\.max-num-batched-token: vllm 0\.12\.0 has no flag --max-num-batched-token\. Did you mean `max-num-batched-tokens`\?$/,
    ],
    [
      "a flag of the fork on another image",
      { engine: { ...engine!, track: "upstream" } },
      /^engine\.flags\.mxfp4-backend: vllm 0\.28\.0 has no flag --mxfp4-backend/m,
    ],
    [
      "a flag that follows from another field",
      { engine: withFlags({ "max-model-len": 4096 }) },
      /^engine\.flags\.max-model-len: follows from the model's other fields\.$/,
    ],
    [
      "a value that the flag does not take",
      { engine: withFlags({ "load-format": "fastsafetensor" }) },
      /^engine\.flags\.load-format: is "fastsafetensor"; there are /,
    ],
    [
      "a variable that this release does not read",
      { engine: { ...engine!, env: { VLLM_USE_FLASHINFER_MOE_FP8_: "1", OTHER: "1" } } },
      /^engine\.env\.VLLM_USE_FLASHINFER_MOE_FP8_: vllm 0\.12\.0 does not read .* Did you mean `VLLM_USE_FLASHINFER_MOE_FP8`\?$/,
    ],
    [
      "a tool parser that this release does not have",
      { engine: { ...engine!, parsers: { tool: "gemma4" } } },
      /^engine\.parsers\.tool: vllm 0\.12\.0 has no tool parser "gemma4"\.$/,
    ],
    [
      "a reasoning parser that this release does not have",
      { engine: { ...engine!, parsers: { tool: "openai", reasoning: "nano_v3" } } },
      /^engine\.parsers\.reasoning: vllm 0\.12\.0 has no reasoning parser "nano_v3"\.$/,
    ],
    [
      "a quantization that the weights do not have",
      { quantization: "AWQ int4" },
      /^engine\.flags\.quantization: "mxfp4" does not go with weights in AWQ int4\.$/,
    ],
    [
      "figures without a source",
      { footprint: { ...footprint!, source: undefined } },
      /^footprint\.source: missing: where the figures come from\.$/,
    ],
    [
      "a figure whose source has no date",
      { expected: { tokensPerSecond: { from: 58, to: 60, source: "somebody" } } },
      /^expected\.tokensPerSecond\.source: names no date, such as 2026-11 or 2026-11-25\.$/,
    ],
    ["tools without a parser", { engine: { ...engine!, parsers: {} } }, /^capabilities: tools need a parser/],
    [
      "a model class that this release cannot load",
      { architecture: { kind: "dense", class: "Gemma4ForConditionalGeneration" } },
      /^architecture\.class: vllm 0\.12\.0 cannot load Gemma4ForConditionalGeneration\.$/,
    ],
    [
      "a track that is not there",
      { engine: { ...engine!, track: "ngc-99" } },
      /^engine\.track: there is no track "ngc-99"; there are /,
    ],
    ["an alternative that is not there", { alternative: "gpt-9" }, /^alternative: "gpt-9" is not in the catalog\.$/],
    ["a model as its own alternative", { alternative: "gpt-oss-20b" }, /^alternative: names the model itself\.$/],
    [
      "an unknown model for a client",
      { incompatible: [{ client: "OpenCode", why: "no", use: "gpt-9" }] },
      /^incompatible\[0\]\.use: "gpt-9" is not in the catalog\.$/,
    ],
    [
      "another model's name",
      { aliases: ["gpt-oss-120b"] },
      /^aliases\[0\]: the name "gpt-oss-120b" is taken by gpt-oss-120b\.$/m,
    ],
    [
      "the same name twice",
      { aliases: ["oss", "oss"] },
      /^aliases\[0\]: the name "oss" is taken by this model already\.$/m,
    ],
    [
      "disabled without a reason",
      { status: "disabled", alternative: "gpt-oss-120b" },
      /^statusReason: missing: why it is disabled\.$/,
    ],
    [
      "disabled without an alternative",
      { status: "disabled", statusReason: "Broken." },
      /^alternative: missing: what to use instead of a disabled model\.$/,
    ],
    [
      "less memory than the sum",
      { memory: memory! - bytesPerGiB },
      /^memory: is 26\.00 GiB, but weights \+ cache \+ overhead \+ draft are 12\.85 \+ 6\.00 \+ 6\.00 \+ 0\.00 = 24\.85 GiB, and need a margin of 1\.30 GiB/,
    ],
    ["a GiB more memory than the sum", { memory: memory! + bytesPerGiB }, /^memory: is 28\.00 GiB, but /],
    [
      "a context that the cache cannot hold",
      { context: 524_288 },
      /^footprint\.kv\.tokens: 262144 tokens hold a context of 524288 without room: at least 557056\.$/,
    ],
    [
      "a cache for exactly one request",
      { context: 262_144 },
      /^footprint\.kv\.tokens: 262144 tokens hold a context of 262144 without room: at least 278528\.$/,
    ],
    [
      "so much that the machine may freeze",
      {
        memory: 108 * bytesPerGiB,
        footprint: { ...footprint!, weights: 90 * bytesPerGiB + bytesPerGiB / 2 },
        lifecycle: "exclusive",
      },
      /^memory: is 0\.8875 of 121\.7 GiB; above 0\.87 the machine may freeze\.$/,
    ],
    [
      "nearly everything, yet not exclusive",
      { memory: 100 * bytesPerGiB, footprint: { ...footprint!, weights: 82.5 * bytesPerGiB } },
      /^lifecycle: must be exclusive: 0\.8217 of 121\.7 GiB leave no room for another model\.$/,
    ],
    [
      "exclusive for a quarter of the machine",
      { lifecycle: "exclusive" },
      /^lifecycle: is exclusive at 0\.2219 of 121\.7 GiB/,
    ],
  ])("%s", (_, change, expected) => {
    expect(faults(change).join("\n")).toMatch(expected);
  });
});
