import { expect, test } from "vitest";
import { runtimeSchema } from "./runtime.ts";

test("a container, written out", () => {
  const written = {
    kind: "container",
    image: "vllm/vllm-openai:v0.11.0",
    imageSource: { kind: "build", context: "/srv/images/vllm" },
    command: ["--port", "{port}"],
    mounts: [
      { source: "hearth-models", target: "/models" },
      { source: "/srv/tokenizers", target: "/tokenizers", readOnly: true },
    ],
    shm: "16GiB",
    memoryLimit: "32GiB",
    ulimits: [{ name: "memlock", soft: -1, hard: -1 }],
    devices: ["/dev/infiniband/uverbs0"],
    gpu: 1,
    port: 8000,
    stopGrace: "30s",
  };
  expect(runtimeSchema.parse(written)).toEqual({
    ...written,
    imageSource: { kind: "build", context: "/srv/images/vllm", dockerfile: "Dockerfile", args: {} },
    mounts: [
      { kind: "volume", source: "hearth-models", target: "/models", readOnly: false },
      { kind: "bind", source: "/srv/tokenizers", target: "/tokenizers", readOnly: true },
    ],
    shm: 16 * 1024 ** 3,
    memoryLimit: 32 * 1024 ** 3,
    stopGrace: 30,
  });
});

test.each([
  [{ image: "" }, "text that is not empty"],
  [{ mounts: [{ source: "./here", target: "/x" }] }, "an absolute path of the host, or a volume's name"],
  [{ mounts: [{ source: "/x", target: "x" }] }, "an absolute path"],
  [{ devices: ["/etc/passwd"] }, "a path below /dev"],
  [{ gpu: "two" }, "all, none, or a number of GPUs"],
  [{ shm: 64 }, "a size such as 8GiB, 10GB or 64MiB"],
  [{ cwd: "/" }, "does not belong to a runtime of kind container"],
])("%j is refused: %s", (options, message) => {
  const { error } = runtimeSchema.safeParse({ kind: "container", image: "a", ...options });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test("`kind: docker` is read as `kind: container`", () => {
  expect(runtimeSchema.parse({ kind: "docker", image: "a" })).toEqual({ kind: "container", image: "a" });
});

test.each(["image", "devices", "mounts"])("%s belongs to containers alone", (name) => {
  const values: Record<string, unknown> = { image: "a", devices: [], mounts: [] };
  expect(runtimeSchema.safeParse({ kind: "process", [name]: values[name] }).success).toBe(false);
});
