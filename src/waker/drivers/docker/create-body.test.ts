import { expect, test } from "vitest";
import type { ContainerRuntime } from "../../../domain/container-runtime.ts";
import type { StartOrder } from "../../driver.ts";
import { type BodyParts, createBody } from "./create-body.ts";

const runtime: ContainerRuntime = {
  kind: "container",
  image: "vllm/vllm-openai:v1",
  command: ["--model", "org/name", "--port", "{port}", "--served-model-name", "{model}"],
  env: { HF_HOME: "/models", SELF: "http://127.0.0.1:{port}" },
  mounts: [],
  ulimits: [],
  devices: [],
  gpu: "none",
  port: 8000,
  healthPath: "/health",
  startTimeoutSeconds: 600,
  stopGraceSeconds: 30,
};

const parts: BodyParts = { instance: "i", reach: { kind: "loopback" }, port: 8000, hostPath: (path) => path };

function body(
  changes: Partial<ContainerRuntime> = {},
  more: Partial<BodyParts> = {},
  weights: string | null = null,
  poolGiB = 121.7,
) {
  const spec = { id: "a/b", memoryGiB: 25, runtime } as unknown as StartOrder["spec"];
  const order = { spec, specHash: "h", generation: 7, node: "local", apiKey: "secret", poolGiB, weights };
  return createBody(order, { ...runtime, ...changes }, { ...parts, ...more });
}

test("command and environment are filled in, and the engine gets the key under the names that it may read", () => {
  expect(body()).toMatchObject({
    Image: "vllm/vllm-openai:v1",
    Cmd: ["--model", "org/name", "--port", "8000", "--served-model-name", "a/b"],
    Env: ["HF_HOME=/models", "SELF=http://127.0.0.1:8000", "HEARTH_ENGINE_KEY=secret", "VLLM_API_KEY=secret"],
  });
  expect(body()).not.toHaveProperty("Entrypoint");
  expect(body({ entrypoint: ["vllm", "serve", "{model}"] }).Entrypoint).toEqual(["vllm", "serve", "a/b"]);
});

test("an engine's share is of the memory where it is started; of the model's, or of what the runtime names", () => {
  const command = ["--gpu-memory-utilization", "{share}"];
  expect(body({ command }).Cmd).toEqual(["--gpu-memory-utilization", "0.2055"]);
  expect(body({ command, shareGiB: 19 }).Cmd).toEqual(["--gpu-memory-utilization", "0.1562"]);
  expect(body({ command }, {}, null, 61).Cmd).toEqual(["--gpu-memory-utilization", "0.4099"]);
});

test("labels say whose it is and what it was made from", () => {
  expect(body().Labels).toEqual({
    "hearth.instance": "i",
    "hearth.model": "a/b",
    "hearth.spec-hash": "h",
    "hearth.generation": "7",
    "hearth.port": "8000",
  });
});

test("Docker never restarts it, keeps its log short, and gives it no privilege", () => {
  expect(body().HostConfig).toMatchObject({
    RestartPolicy: { Name: "no" },
    LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges:true"],
  });
});

test("published on loopback alone, on a network not at all", () => {
  expect(body().HostConfig!.PortBindings).toEqual({ "8000/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] });
  const inside = body({}, { reach: { kind: "network", name: "engines" } });
  expect(inside.HostConfig).toMatchObject({ NetworkMode: "engines" });
  expect(inside.HostConfig).not.toHaveProperty("PortBindings");
  const onHost = body({}, { reach: { kind: "host" }, port: 41234 });
  expect(onHost.HostConfig).toMatchObject({ NetworkMode: "host" });
  expect(onHost.Cmd).toContain("41234");
});

test("GPUs, shared memory, limits, devices and mounts", () => {
  const { HostConfig } = body({
    gpu: "all",
    shmMiB: 16384,
    memoryLimitGiB: 2,
    ipc: "shareable",
    ulimits: [{ name: "memlock", soft: -1, hard: -1 }],
    devices: ["/dev/infiniband/uverbs0"],
    mounts: [{ kind: "volume", source: "hearth-models", target: "/models", readOnly: false }],
  });
  expect(HostConfig).toMatchObject({
    DeviceRequests: [{ Count: -1, Capabilities: [["gpu"]] }],
    ShmSize: 16 * 1024 ** 3,
    Memory: 2 * 1024 ** 3,
    MemorySwap: 2 * 1024 ** 3,
    IpcMode: "shareable",
    Ulimits: [{ Name: "memlock", Soft: -1, Hard: -1 }],
    Devices: [{ PathOnHost: "/dev/infiniband/uverbs0", PathInContainer: "/dev/infiniband/uverbs0" }],
    Mounts: [{ Type: "volume", Source: "hearth-models", Target: "/models", ReadOnly: false }],
  });
  expect(body({ gpu: 2 }).HostConfig!.DeviceRequests).toEqual([{ Count: 2, Capabilities: [["gpu"]] }]);
  expect(body({ gpu: 0 }).HostConfig!.DeviceRequests).toEqual([]);
});

test("weights are mounted read-only, from where the daemon's host has them", () => {
  const hostPath = (path: string) => path.replace("/state", "/srv/hearth");
  const made = body({ command: ["-m", "{weights}"] }, { hostPath }, "/state/weights/model.gguf");
  expect(made.Cmd).toEqual(["-m", "/hearth/weights/model.gguf"]);
  expect(made.HostConfig!.Mounts).toEqual([
    {
      Type: "bind",
      Source: "/srv/hearth/weights/model.gguf",
      Target: "/hearth/weights/model.gguf",
      ReadOnly: true,
    },
  ]);
  expect(() => body({ command: ["{weights}"] })).toThrow("a/b uses {weights} in its runtime, but has no weights");
});

test("braces that are no placeholder stay as they are", () => {
  const json = '{"kv_connector":"x","port":{"a":1}}';
  expect(body({ command: [json, "{other}"] }).Cmd).toEqual([json, "{other}"]);
});
