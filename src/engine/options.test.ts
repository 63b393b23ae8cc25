import { expect, it } from "vitest";
import { defaultThreads, parseOptions } from "./options.ts";

const needed = ["--model-file", "f.gguf", "--model-id", "m", "--port", "8001"];

it("reads flags and the key", () => {
  const flags = [...needed, "--context", "4096", "--parallel", "2", "--threads", "3", "--embeddings"];
  expect(parseOptions(flags, { HEARTH_ENGINE_KEY: "k" })).toEqual({
    modelFile: "f.gguf",
    modelId: "m",
    host: "127.0.0.1",
    port: 8001,
    context: 4096,
    parallel: 2,
    threads: 3,
    embeddings: true,
    key: "k",
  });
  expect(parseOptions(needed, { HEARTH_ENGINE_KEY: "" }).key).toBeNull();
});

it.each([
  [needed.slice(2), "--model-file is missing."],
  [[...needed, "--port", "70000"], '--port wants a whole number from 0 to 65535, not "70000".'],
  [[...needed, "--context", "2k"], "--context wants a whole number"],
  [[...needed, "--parallel", "0"], "--parallel wants a whole number from 1"],
  [[...needed, "--speed", "9"], "--speed"],
])("names the flag at fault: %j", (flags, message) => {
  expect(() => parseOptions(flags, {})).toThrow(message);
});

it("leaves half of the processors to others", () => {
  expect([1, 2, 3, 20].map(defaultThreads)).toEqual([1, 1, 1, 10]);
});
