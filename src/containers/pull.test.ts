import { expect, test } from "vitest";
import { Layers } from "./pull.ts";
import { registryOf } from "./registry-auth.ts";

const downloading = (id: string, current: number, total: number) => ({
  ...{ id, status: "Downloading", progressDetail: { current, total } },
});

test("per cent are of all layers that have told their size, and never fall", () => {
  const layers = new Layers();
  expect(layers.percent()).toBeNull();
  layers.heard({ id: "a", status: "Pulling fs layer" });
  expect(layers.percent()).toBeNull();
  layers.heard(downloading("a", 50, 100));
  expect(layers.percent()).toBe(50);
  layers.heard(downloading("b", 0, 900));
  expect(layers.percent()).toBe(50);
  layers.heard(downloading("b", 800, 900));
  layers.heard({ id: "a", status: "Download complete" });
  expect(layers.percent()).toBe(90);
  layers.heard({ id: "b", status: "Pull complete" });
  expect(layers.percent()).toBe(100);
});

test.each([
  ["vllm/vllm-openai:v1", "docker.io"],
  ["ubuntu", "docker.io"],
  ["nvcr.io/nvidia/vllm:26.10", "nvcr.io"],
  ["localhost/x", "localhost"],
  ["127.0.0.1:5000/x@sha256:00", "127.0.0.1:5000"],
])("the registry of %s is %s", (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});
