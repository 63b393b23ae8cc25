import { describe, expect, test } from "vitest";
import { bytesPerGiB } from "../domain/size.ts";
import { cacheVolume, type EngineModel, engineContainer, flagWords } from "./engine-command.ts";
import type { ImageTrack } from "./image-track.ts";

const track: ImageTrack = {
  name: "test",
  title: "A track",
  engine: "vllm",
  version: "1.0",
  versionSource: "its tag",
  image: "vllm@sha256:0",
  source: "pull",
  entry: "vllm-serve",
  flags: { "enable-prefix-caching": true },
  env: { FROM_TRACK: "1", BOTH: "track" },
  shm: 16 * bytesPerGiB,
  startTimeout: 1800,
  license: "Apache-2.0",
  folder: "/images/test",
};

const model: EngineModel = {
  repo: "owner/name",
  context: 8192,
  concurrency: 4,
  cacheBytes: 8 * bytesPerGiB,
  weightsBytes: 11 * bytesPerGiB,
  sizedByBytes: true,
  embeddings: false,
  engine: { track: "test", flags: { quantization: "fp8" }, env: { BOTH: "model" }, parsers: { tool: "hermes" } },
};

const vllmWords = [
  "owner/name",
  ...["--served-model-name", "{model}", "--host", "0.0.0.0", "--port", "{port}"],
  ...["--revision", "{commit:owner/name}"],
  ...["--max-model-len", "8192", "--max-num-seqs", "4", "--gpu-memory-utilization", "{share}"],
  ...["--kv-cache-memory-bytes", String(8 * bytesPerGiB)],
  ...["--enable-auto-tool-choice", "--tool-call-parser", "hermes"],
  ...["--enable-prefix-caching", "--quantization", "fp8"],
];

describe("the command", () => {
  test.each([
    ["vllm-serve", undefined, []],
    ["vllm", undefined, ["serve"]],
    ["command", undefined, ["vllm", "serve"]],
    ["replaced", ["vllm", "serve"], []],
  ] as const)("begins as an image of entry style %s wants it", (entry, entrypoint, before) => {
    const runtime = engineContainer(model, { ...track, entry });
    expect(runtime.entrypoint).toEqual(entrypoint);
    expect(runtime.command).toEqual([...before, ...vllmWords]);
  });

  test("of SGLang names the key, and leaves overhead and margin out of the fraction", () => {
    const { entrypoint, command, shareGiB } = engineContainer(model, { ...track, engine: "sglang", entry: "replaced" });
    expect(entrypoint).toEqual(["python3", "-m", "sglang.launch_server"]);
    expect(command.join(" ")).toContain("--model-path owner/name --served-model-name {model}");
    expect(command.join(" ")).toContain(
      "--api-key {key} --revision {commit:owner/name} --context-length 8192 --max-running-requests 4",
    );
    expect(command.join(" ")).toContain("--mem-fraction-static {share} --tool-call-parser hermes");
    expect(shareGiB).toBe(19);
  });

  test("leaves the size of the cache to the share where the release does not take bytes", () => {
    const { command } = engineContainer({ ...model, sizedByBytes: false }, track);
    expect(command).not.toContain("--kv-cache-memory-bytes");
    expect(command).toContain("--gpu-memory-utilization");
  });

  test("says how tokens are guessed ahead, in the engine's words", () => {
    const known = { method: "dflash", model: "lab/draft", tokens: 8, memory: bytesPerGiB, source: "a card" } as const;
    const draft = { ...known, default: "on" } as const;
    const { command } = engineContainer({ ...model, speculation: draft }, track);
    expect(command[command.indexOf("--speculative-config") + 1]).toBe(
      '{"method":"dflash","model":"lab/draft","revision":"{commit:lab/draft}","num_speculative_tokens":8}',
    );
    const own = { method: "mtp", tokens: 3, config: { moe_backend: "triton" }, memory: 0 } as const;
    const speculation = { ...own, source: "a card", default: "on" } as const;
    expect(engineContainer({ ...model, speculation }, track).command).toContain(
      '{"method":"mtp","revision":"{commit:owner/name}","num_speculative_tokens":3,"moe_backend":"triton"}',
    );
  });

  test("pins the revision where one is known, of a part that guesses ahead too", () => {
    const speculation = { method: "mtp", tokens: 3, memory: 0, source: "a card", default: "on" } as const;
    const { command } = engineContainer({ ...model, revision: "abc123", speculation }, track);
    expect(command.join(" ")).toContain("--revision abc123");
    expect(command).toContain('{"method":"mtp","revision":"abc123","num_speculative_tokens":3}');
  });
});

test("flags are written as vLLM reads them", () => {
  const flags = { on: true, off: false, number: 0, list: ["a", "b"], config: { method: "mtp", tokens: 2 } };
  expect(flagWords(flags)).toEqual([
    ...["--on", "--no-off", "--number", "0", "--list", "a", "b"],
    ...["--config", '{"method":"mtp","tokens":2}'],
  ]);
});

test("the environment of the model wins over the track's, and the track's over ours", () => {
  const { env } = engineContainer(model, track);
  expect(env).toMatchObject({ FROM_TRACK: "1", BOTH: "model", HF_HOME: "/models/huggingface" });
});

test("compiled kernels of two images never share a folder", () => {
  expect(cacheVolume(track)).not.toBe(cacheVolume({ ...track, image: "vllm@sha256:1" }));
  const built: ImageTrack = {
    ...track,
    source: "build",
    build: { dockerfile: "Dockerfile", base: "b", args: { A: "1" } },
  };
  expect(cacheVolume(built)).not.toBe(cacheVolume({ ...built, build: { ...built.build!, args: { A: "2" } } }));
  expect(cacheVolume(track)).toMatch(/^hearth-cache-test-[0-9a-f]{8}$/);
  expect(cacheVolume({ ...track, image: "vllm:nightly" })).toMatch(/^hearth-cache-test-[0-9a-f]{8}\{digest\}$/);
});

test("an image that is built knows where from, with its arguments", () => {
  const build = { dockerfile: "Dockerfile", base: "b", args: { COMMIT: "abc" } };
  expect(engineContainer(model, { ...track, source: "build", build }).imageSource).toEqual({
    kind: "build",
    context: "/images/test",
    dockerfile: "Dockerfile",
    args: { COMMIT: "abc" },
  });
});

test("shared memory, limits and GPUs are what vLLM needs", () => {
  expect(engineContainer(model, track)).toMatchObject({
    shmMiB: 16_384,
    gpu: "all",
    ulimits: [
      { name: "memlock", soft: -1, hard: -1 },
      { name: "stack", soft: 67_108_864, hard: 67_108_864 },
    ],
    startTimeoutSeconds: 1800,
  });
});
