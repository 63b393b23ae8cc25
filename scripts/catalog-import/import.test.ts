import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandFlags } from "./command-flags.ts";
import { findings, told, write } from "./import.ts";
import { provenanceOf } from "./provenance.ts";
import { readRecipes } from "./read-recipes.ts";

const provenance = { repository: "lab/recipes", commit: "c0ffee".repeat(7).slice(0, 40), date: "2026-11-20" };
const measuredCommit = "d".repeat(40);

let folder: string;
let models: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hearth-recipes-"));
  models = join(folder, "catalog", "models");
  // The catalog's own smallest: one file that is whole, with a comment and no figure of speed.
  const own = fileURLToPath(new URL("../../catalog/models/qwen/qwen-math.yaml", import.meta.url));
  cpSync(own, join(models, "qwen", "qwen-math.yaml"));
  mkdirSync(join(folder, "catalog", "archive"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(path: string, text: string): void {
  const full = join(folder, "recipes", path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
const read = () => readRecipes(join(folder, "recipes"), provenance);
const entry = () => readFileSync(join(models, "qwen", "qwen-math.yaml"), "utf8");

function nvidia({ repo = "Qwen/Qwen2.5-Math-1.5B-Instruct", nodes = 1, hardware = "dgx-spark" } = {}): string {
  return `schema_version: 4
hardware: ${hardware}
backend: vllm
status: optimized
validation: { validated_by: Somebody }
topology: { node_count: ${nodes} }
runtime:
  image: vllm/vllm-openai:v0.28.0
  setup_command: |
    docker run --rm \\
      -e HF_TOKEN=$HF_TOKEN -e VLLM_USE_X="1" \\
      vllm/vllm-openai:v0.28.0
serve:
  command: |
    vllm serve ${repo} \\
      --max-model-len 4096 --gpu-memory-utilization 0.8 \\
      --load-format fastsafetensors \\
      --enable-prefix-caching
`;
}

function performance({ decode = 88.5, at = "2026-09-03", accelerator = "NVIDIA GB10" } = {}): string {
  return `measured_at: ${at}
system: { accelerator: ${accelerator} }
software: { model_revision: ${measuredCommit}, runtime_revision: "sha256:${"e".repeat(64)}" }
profiles:
  - workload: { input_tokens: 8192, output_tokens: 256, concurrency: 1 }
    results: { prefill_tokens_per_second_mean: 5114.78, decode_tokens_per_second_mean: ${decode} }
`;
}

describe("a measured recipe", () => {
  beforeEach(() => {
    file("models/a/dgx-spark/recipe.yaml", nvidia());
    file("models/a/dgx-spark/performance.yaml", performance());
  });

  test("says where it is from, image and digest, who validated it, and what it would change", () => {
    const text = told(findings(read(), models));
    expect(text).toContain("differs  qwen-math: Qwen/Qwen2.5-Math-1.5B-Instruct in models/a/dgx-spark/recipe.yaml");
    expect(text).toContain("change  tokens per second: none -> 88.5 (lab/recipes c0ffeec0, 2026-09-03: 8192 tokens in");
    expect(text).toContain("validated by Somebody");
    expect(text).toContain(`change  commit of the weights: none -> ${measuredCommit}`);
    expect(text).toContain(`-> vllm/vllm-openai:v0.28.0@sha256:${"e".repeat(64)} [a track of`);
    expect(text).toContain("change  --load-format: not set -> fastsafetensors");
    expect(entry()).not.toContain("88.5");
  });

  test("written, gives the entry its figures with their source, and leaves its comments; the second time nothing is left", () => {
    writeFileSync(join(models, "qwen", "qwen-math.yaml"), `${entry()}# a comment of somebody's\n`);
    expect(write(findings(read(), models), models)).toHaveLength(1);
    expect(entry()).toMatch(/tokensPerSecond:\s+from: 88\.5\s+to: 88\.5\s+source: .*lab\/recipes c0ffeec0,/);
    expect(entry()).toContain(measuredCommit);
    expect(entry()).toContain("# a comment of somebody's");
    expect(write(findings(read(), models), models)).toEqual([]);
  });

  test.each([
    ["an older one", { decode: 10, at: "2026-08-01" }],
    ["one of the same day", { decode: 10, at: "2026-09-03" }],
  ])("is not overwritten by %s", (_, weaker) => {
    write(findings(read(), models), models);
    file("models/a/dgx-spark/performance.yaml", performance(weaker));
    const found = findings(read(), models);
    expect(told(found)).toContain("[the entry's figure is as new]");
    expect(write(found, models)).toEqual([]);
    expect(entry()).toContain("88.5");
  });

  test("is overwritten by a later one", () => {
    write(findings(read(), models), models);
    file("models/a/dgx-spark/performance.yaml", performance({ decode: 91, at: "2026-10-01" }));
    write(findings(read(), models), models);
    expect(entry()).toContain("from: 91");
  });
});

test("figures of another machine are no measurement for a Spark", () => {
  file("models/a/dgx-spark/recipe.yaml", nvidia());
  file("models/a/dgx-spark/performance.yaml", performance({ accelerator: "NVIDIA H100" }));
  expect(read()[0]!.measured).toBeNull();
});

test("recipes of other hardware are none, and those of several machines are told and left", () => {
  file("a/recipe.yaml", nvidia({ hardware: "rtx-pro" }));
  file("b/recipe.yaml", nvidia({ nodes: 2, hardware: "dgx-spark-2gpu" }));
  file("c/model.yaml", "id: something\n");
  const found = findings(read(), models);
  expect(found).toMatchObject([{ kind: "left", why: "it is for 2 machines" }]);
  expect(write(found, models)).toEqual([]);
});

const sparkrun = `recipe_version: "1"
name: Tiny
model: lab/Tiny-NVFP4
container: vllm-node
defaults: { port: 8000, max_model_len: 8192, draft: 3 }
env: { VLLM_X: "1" }
command: |
  vllm serve {model} --port {port} \\
    --max-model-len {max_model_len} \\
    --speculative_config.method mtp --speculative_config.num_speculative_tokens {draft} \\
    --hf-overrides '{{"a": 1}}' --tool-call-parser hermes -tp 1
`;

describe("a recipe without figures, of a model that the catalog has not", () => {
  test("is told as new; written, it says what the recipe says and makes no figure up", () => {
    file("recipes/tiny.yaml", sparkrun);
    const found = findings(read(), models);
    expect(told(found)).toBe("new      lab/Tiny-NVFP4 in recipes/tiny.yaml: would be tiny-nvfp4\n");
    expect(write(found, models)).toEqual([join(models, "lab", "tiny-nvfp4.yaml")]);
    const text = readFileSync(join(models, "lab", "tiny-nvfp4.yaml"), "utf8");
    expect(text).toContain("hub:\n  repo: lab/Tiny-NVFP4");
    expect(text).toContain("lab/recipes c0ffeec0, 2026-11-20");
    expect(text).toContain("context: 8192");
    expect(text).not.toMatch(/footprint|tokensPerSecond|memory/);
    expect(existsSync(join(models, "qwen", "qwen-math.yaml"))).toBe(true);
  });

  test("changes nothing of an entry that is there", () => {
    file("recipes/math.yaml", sparkrun.replace("lab/Tiny-NVFP4", "Qwen/Qwen2.5-Math-1.5B-Instruct"));
    const before = entry();
    const found = findings(read(), models);
    expect(told(found)).toContain("[the recipe was not measured]");
    expect(write(found, models)).toEqual([]);
    expect(entry()).toBe(before);
  });
});

describe("the flags of a command", () => {
  test("are read as the shell and the engine read them", () => {
    const command = `vllm serve a/b \\\n  --kv_cache_dtype=fp8 --config '{"a": "b c"}' --seed -1 --name "x y" -tp 2 --bare`;
    expect(commandFlags(command)).toEqual({
      ...{ "kv-cache-dtype": "fp8", config: '{"a": "b c"}', seed: "-1", name: "x y" },
      ...{ "tensor-parallel-size": "2", bare: true },
    });
  });

  test("with a key in their name are one flag of JSON", () => {
    expect(commandFlags("x --speculative_config.method mtp --speculative-config.num_speculative_tokens 3")).toEqual({
      "speculative-config": '{"method":"mtp","num_speculative_tokens":3}',
    });
  });
});

test("a folder that is no checkout has to be told what it is", () => {
  expect(() => provenanceOf(folder, { repository: "lab/recipes" })).toThrow(/name its --commit, --date\.$/);
  expect(provenanceOf(folder, provenance)).toEqual(provenance);
});
