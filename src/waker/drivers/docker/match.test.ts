import type { ContainerCreateOptions, ContainerInspectInfo } from "dockerode";
import { expect, test } from "vitest";
import { mismatch } from "./match.ts";

const wanted: ContainerCreateOptions = {
  Image: "vllm:1",
  Cmd: ["--port", "8000"],
  Env: ["A=1", "HEARTH_ENGINE_KEY=ours"],
  HostConfig: { DeviceRequests: [{ Count: -1 }] },
};

function made(config: object = {}, host: object = {}, labels: Record<string, string> = {}): ContainerInspectInfo {
  const same = { Image: "vllm:1", Cmd: ["--port", "8000"], Env: ["A=1", "B=2", "HEARTH_ENGINE_KEY=theirs"] };
  return {
    Image: "sha256:1",
    Config: { ...same, Labels: labels, Entrypoint: ["vllm"], ...config },
    HostConfig: { DeviceRequests: [{ Count: 1 }], ...host },
  } as unknown as ContainerInspectInfo;
}

const compare = (info: ContainerInspectInfo, changes: ContainerCreateOptions = {}) =>
  mismatch(info, { ...wanted, ...changes }, "hash", "sha256:1");

test("its key and more variables may be its own, and the image's name, when it is the same image", () => {
  expect(compare(made())).toBeNull();
  expect(compare(made({ Image: "other:name" }))).toBeNull();
});

test.each<[string, ContainerInspectInfo, ContainerCreateOptions]>([
  ["its image is other:1", { ...made({ Image: "other:1" }), Image: "sha256:2" }, {}],
  ["its command is --port 1", made({ Cmd: ["--port", "1"] }), {}],
  ["its entry point is another", made(), { Entrypoint: ["vllm", "serve"] }],
  ["it lacks the variable A", made({ Env: ["A=2"] }), {}],
  ["it has no GPU", made({}, { DeviceRequests: null }), {}],
])("%s", (why, info, changes) => {
  expect(compare(info, changes)).toBe(why);
});

test("one that says what it was made from is taken at its word", () => {
  expect(compare(made({ Cmd: ["x"] }, {}, { "hearth.spec-hash": "hash" }))).toBeNull();
  expect(compare(made({}, {}, { "hearth.spec-hash": "old" }))).toBe(
    "it was made from another version of the model's settings",
  );
});
