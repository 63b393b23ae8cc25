import { describe, expect, test } from "vitest";
import type { ConfigError } from "../config/issue.ts";
import { parseConfig } from "../config/load.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import type { ModelSpec } from "../domain/model.ts";
import { readCatalog } from "./catalog.ts";
import { resolveModels } from "./resolve.ts";

const catalog = readCatalog();

function resolved(entry: string): ModelSpec {
  const { config } = parseConfig(`models: [${entry}]`, "/etc/hearth/hearth.yaml", { cwd: "/", env: {} });
  return resolveModels(config.models, catalog)[0]!;
}

function container(entry: string): ContainerRuntime {
  const { runtime } = resolved(entry);
  if (runtime.kind !== "container") throw new Error(`${entry} runs as ${runtime.kind}`);
  return runtime;
}

const commandOf = (entry: string) => container(entry).command.join(" ");

describe("what hearth.yaml says beside `use`", () => {
  test("is what the engine is started with", () => {
    const command = commandOf("{ use: gpt-oss-20b, context: 65536, concurrency: 8, memory: 40GiB }");
    expect(command).toContain("--max-model-len 65536 --max-num-seqs 8 --gpu-memory-utilization {share}");
  });

  test("more memory is more cache, in bytes", () => {
    const bytes = (entry: string) => Number(/--kv-cache-memory-bytes (\d+)/.exec(commandOf(entry))![1]);
    const more = bytes("{ use: gpt-oss-20b, memory: 40GiB }") - bytes("{ use: gpt-oss-20b, memory: 30GiB }");
    expect(more / 1024 ** 3).toBeCloseTo(10 * 0.95, 1);
  });

  test("adds to the environment and the mounts, and replaces the rest that it names", () => {
    const plain = container("gpt-oss-20b");
    const changed = container(`{ use: gpt-oss-20b, runtime: {
      env: { HF_TOKEN: secret, FLASHINFER_LOGLEVEL: "1" },
      mounts: [{ source: /srv/models, target: /models }, { source: /srv/more, target: /more, readOnly: true }],
      shm: 8GiB, startTimeout: 2h
    } }`);
    expect(changed.env).toEqual({ ...plain.env, HF_TOKEN: "secret", FLASHINFER_LOGLEVEL: "1" });
    expect(changed.mounts.map(({ kind, source, target }) => [kind, source, target])).toEqual([
      ["volume", plain.mounts[1]!.source, "/root/.cache"],
      ["bind", "/srv/models", "/models"],
      ["bind", "/srv/more", "/more"],
    ]);
    expect(changed).toMatchObject({ shmMiB: 8192, startTimeoutSeconds: 7200, command: plain.command });
  });

  test("another image is pulled, not built from the catalog's Dockerfile", () => {
    const changed = container("{ use: gpt-oss-20b, runtime: { image: own/vllm:1 } }");
    expect(changed).toMatchObject({ image: "own/vllm:1", imageSource: { kind: "pull" } });
  });

  test("a runtime of another kind takes the container's place", () => {
    const { runtime } = resolved("{ use: gpt-oss-20b, runtime: { kind: process, command: [llama-server] } }");
    expect(runtime).toMatchObject({ kind: "process", command: ["llama-server"] });
  });

  test.each([
    ["{ use: gpt-oss-120b, memory: 60GiB }", /^gpt-oss-120b: memory: 60\.0 GiB are too few: weights 60\.8, /],
    [
      "{ use: llama-3.3-70b, context: 262144 }",
      /40\.0 for a context of 262144 tokens and a margin of 3\.5 make 88\.6 GiB\. Raise memory/,
    ],
    ["{ use: gemma4-26b-a4b, memory: 30GiB }", /^gemma4-26b-a4b: memory: 30\.0 GiB are too few/],
  ])("%s is refused with the numbers", (entry, message) => {
    try {
      resolved(entry);
    } catch (error) {
      const [issue] = (error as ConfigError).issues;
      expect(`${issue!.path}: ${issue!.message}`).toMatch(message);
      return;
    }
    throw new Error("was accepted");
  });
});
