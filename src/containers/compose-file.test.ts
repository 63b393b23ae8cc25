import { describe, expect, test } from "vitest";
import { container, model } from "../../test/support/model-spec.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { type ComposeModel, composeFile } from "./compose-file.ts";
import { composable } from "./compose-models.ts";

const target = { instance: "i", network: "hearth-engines", poolGiB: 121.7 };

function composed(changes: Partial<ContainerRuntime> = {}, id = "gpt-oss-20b"): ComposeModel {
  const spec = container(id, "vllm/vllm-openai:v1", 20);
  return { spec, runtime: { ...(spec.runtime as ContainerRuntime), ...changes }, specHash: "h" };
}
const serviceOf = (changes: Partial<ContainerRuntime>) =>
  composeFile([composed(changes)], target).services["model-gpt-oss-20b"]!;

describe("a model as a service", () => {
  test("says whose it is and what it was made from, and not that the waker made it", () => {
    expect(serviceOf({}).labels).toEqual({
      "hearth.instance": "i",
      "hearth.model": "gpt-oss-20b",
      "hearth.spec-hash": "h",
      "hearth.port": "8000",
    });
  });

  test("is started with its profile alone, is never restarted, and has no privilege", () => {
    expect(serviceOf({})).toMatchObject({
      profiles: ["models"],
      restart: "no",
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      logging: { driver: "json-file" },
    });
  });

  test("has its placeholders filled in, what looks like a variable of Compose kept, and no secret", () => {
    const { command, environment } = serviceOf({
      command: ["{model}", "--port", "{port}", "--api-key", "{key}", "cost $5"],
      env: { TEMPLATE: `\${x}` },
    });
    const key = `\${HEARTH_ENGINE_KEY:?put one into .env: openssl rand -hex 24}`;
    expect(command).toEqual(["gpt-oss-20b", "--port", "8000", "--api-key", key, "cost $$5"]);
    expect(environment).toEqual({ TEMPLATE: `$\${x}`, HEARTH_ENGINE_KEY: key, VLLM_API_KEY: key });
  });

  test("is on the engines' network, or on a port of this machine alone", () => {
    expect(serviceOf({})).toMatchObject({ networks: ["engines"], expose: ["8000"] });
    const outside = composeFile([composed()], { ...target, network: null });
    expect(outside.services["model-gpt-oss-20b"]).toMatchObject({ ports: ["127.0.0.1::8000"] });
    expect(outside).not.toHaveProperty("networks");
  });

  test("that Hearth builds is not pulled by Compose", () => {
    expect(serviceOf({})).not.toHaveProperty("pull_policy");
    const imageSource = { kind: "build", context: "/c", dockerfile: "Dockerfile", args: {} } as const;
    expect(serviceOf({ imageSource })).toMatchObject({ pull_policy: "never" });
  });

  test("has one GPU reservation, or none", () => {
    const devices = (gpu: ContainerRuntime["gpu"]) => serviceOf({ gpu }).deploy;
    expect(devices("all")).toMatchObject({ resources: { reservations: { devices: [{ count: "all" }] } } });
    expect([devices("none"), devices(0)]).toEqual([undefined, undefined]);
  });
});

test("volumes keep their names, whatever the project is called", () => {
  const mounts = [{ kind: "volume", source: "hearth-models", target: "/models", readOnly: false }] as const;
  const { volumes, networks } = composeFile([composed({ mounts: [...mounts] })], target);
  expect(volumes).toEqual({ "hearth-models": { name: "hearth-models" } });
  expect(networks).toEqual({ engines: { name: "hearth-engines" } });
});

test("two models never share a service", () => {
  const models = ["a/b", "a-b", "a?b"].map((id) => composed({}, id));
  expect(Object.keys(composeFile(models, target).services)).toEqual(["model-a-b", "model-a-b-2", "model-a-b-3"]);
});

describe("which models", () => {
  const off = { ...container("off", "i:1", 1), status: "disabled", statusReason: "Use `on` instead." } as const;
  const own = { ...container("own", "i:1", 1), weights: { file: "x", bytes: 1, sha256: "", sources: [] } };
  const specs = [{ ...container("on", "i:1", 1), aliases: ["alias"] }, off, own, model("embedded")];
  const ids = (...named: string[]) => composable(specs, named).map(({ spec }) => spec.id);

  test("are all that a container can be made for ahead, or the named ones, once", () => {
    expect(ids()).toEqual(["on"]);
    expect(ids("alias", "on")).toEqual(["on"]);
  });

  test.each([
    ["off", "off cannot be made ahead: it is disabled. Use `on` instead."],
    ["own", "own cannot be made ahead: its weights are a file of this machine, which is mounted when it is started."],
    ["embedded", "embedded cannot be made ahead: it does not run in a container, its runtime is embedded."],
    ["aliass", 'The configuration has no model "aliass". Did you mean alias?'],
  ])("%s is refused with the reason", (name, why) => {
    expect(() => ids(name)).toThrow(why);
  });
});
