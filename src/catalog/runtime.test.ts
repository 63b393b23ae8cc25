import { expect, test } from "vitest";
import { runtimeSchema } from "../config/schema/runtime.ts";
import { runtimeOf } from "./runtime.ts";

function resolved(written: unknown) {
  const missing: string[] = [];
  return { runtime: runtimeOf(runtimeSchema.parse(written), (path) => missing.push(path)), missing };
}

test("a container needs an image alone", () => {
  expect(resolved({ kind: "container", image: "vllm:1" }).runtime).toEqual({
    kind: "container",
    image: "vllm:1",
    command: [],
    env: {},
    mounts: [],
    ulimits: [],
    devices: [],
    gpu: "all",
    port: 8000,
    healthPath: "/health",
    startTimeoutSeconds: 600,
    stopGraceSeconds: 10,
  });
  expect(resolved({ kind: "container" })).toEqual({ runtime: null, missing: ["runtime.image"] });
});

test("sizes and times come in the driver's units", () => {
  const written = {
    kind: "container",
    image: "a",
    shm: "1GiB",
    memoryLimit: "512MiB",
    startTimeout: "2m",
    gpu: "none",
  };
  expect(resolved({ ...written, mounts: [{ source: "models", target: "/models" }], stopGrace: "1s" }).runtime).toEqual(
    expect.objectContaining({
      shmMiB: 1024,
      memoryLimitGiB: 0.5,
      startTimeoutSeconds: 120,
      stopGraceSeconds: 1,
      gpu: "none",
      mounts: [{ kind: "volume", source: "models", target: "/models", readOnly: false }],
    }),
  );
});
