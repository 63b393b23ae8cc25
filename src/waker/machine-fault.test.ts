import { expect, test } from "vitest";
import { faultIn } from "./machine-fault.ts";

test.each([
  [
    "RuntimeError: The NVIDIA driver on your system is too old (found version 12080).\nEngine core initialization failed.",
    /driver is too old.*nvidia-driver-580/,
  ],
  ["RuntimeError: No CUDA GPUs are available", /sees no GPU.*hearth doctor/],
  ["ImportError: libcuda.so.1: cannot open shared object file", /sees no GPU/],
  ["OSError: You are trying to access a gated repo.\nMake sure to have access to it", /accepted their terms.*HF_TOKEN/],
  ["OSError: [Errno 28] No space left on device: '/models/hub'", /disk is full/],
  ["exec /usr/bin/vllm: exec format error", /other processors/],
  ["OSError: We couldn't connect to 'https://huggingface.co' to load the files", /could not reach the hub/],
])("an engine that ends with %j was kept from starting by the machine", (log, says) => {
  expect(faultIn(`INFO starting\n${log}\nINFO ended`)).toMatch(says);
});

test("what is said of the model itself is its own fault", () => {
  expect(faultIn("ValueError: Unknown quantization method: x\nEngine core initialization failed")).toBe(null);
});
