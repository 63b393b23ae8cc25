import fc from "fast-check";
import { expect, test } from "vitest";
import type { ContainerMount, ContainerRuntime } from "../domain/container-runtime.ts";
import { createBody } from "../waker/drivers/docker/create-body.ts";
import { checkCreateBody, createBodySchema } from "./create-body.ts";
import type { Policy } from "./policy.ts";
import { Refusal } from "./refusal.ts";

const policy: Policy = {
  images: ["vllm/vllm-openai:*", "hearth/sglang:1"],
  builds: [],
  binds: ["/srv/hearth/tokenizers"],
  env: [],
  root: [],
  volumes: ["hearth-*"],
  devices: ["/dev/infiniband/*"],
  networks: ["hearth-engines"],
};
const schema = createBodySchema(policy);

const words = fc.array(
  fc.string({ maxLength: 12 }).filter((word) => !word.includes("{")),
  { maxLength: 4 },
);
const mounts: fc.Arbitrary<ContainerMount> = fc.record({
  kind: fc.constant("volume" as const),
  source: fc.constantFrom("hearth-models", "hearth-cache"),
  target: fc.constantFrom("/models", "/root/.cache"),
  readOnly: fc.boolean(),
});
const binds: fc.Arbitrary<ContainerMount> = fc.record({
  kind: fc.constant("bind" as const),
  source: fc.constantFrom("/srv/hearth/tokenizers", "/srv/hearth/tokenizers/o200k"),
  target: fc.constant("/tokenizers"),
  readOnly: fc.constant(true),
});

/** Every runtime that the policy above is to let through. */
const runtimes: fc.Arbitrary<ContainerRuntime> = fc.record(
  {
    kind: fc.constant("container" as const),
    image: fc.constantFrom("vllm/vllm-openai:v0.31.0", "hearth/sglang:1"),
    entrypoint: words,
    command: words,
    env: fc.dictionary(fc.stringMatching(/^(VLLM|HF|NCCL|TORCH)_[A-Z]{3,8}$/), fc.stringMatching(/^[a-z/.]*$/)),
    mounts: fc.array(fc.oneof(mounts, binds), { maxLength: 3 }),
    shmMiB: fc.integer({ min: 1, max: 65536 }),
    ulimits: fc.constantFrom([], [{ name: "memlock", soft: -1, hard: -1 }]),
    ipc: fc.constantFrom("private" as const, "shareable" as const),
    devices: fc.constantFrom([], ["/dev/infiniband/uverbs0"]),
    gpu: fc.constantFrom("all" as const, "none" as const, 1),
    user: fc.constantFrom("1000", "1000:1000"),
    memoryLimitGiB: fc.integer({ min: 1, max: 64 }),
    port: fc.integer({ min: 1, max: 65535 }),
    healthPath: fc.constant("/health"),
    startTimeoutSeconds: fc.constant(1),
    stopGraceSeconds: fc.constant(1),
  },
  {
    requiredKeys: [
      ...(["kind", "image", "command", "env", "mounts", "ulimits", "devices", "gpu", "port", "healthPath"] as const),
      ...(["startTimeoutSeconds", "stopGraceSeconds"] as const),
    ],
  },
);

function bodyOf(runtime: ContainerRuntime): object {
  const spec = { id: "gpt-oss-20b", runtime };
  const order = { spec, specHash: "hash", generation: 3, apiKey: "key", poolGiB: 100, weights: null } as never;
  const parts = { instance: "instance", port: runtime.port, hostPath: (path: string) => path };
  return createBody(order, runtime, { ...parts, reach: { kind: "network", name: "hearth-engines" } });
}
const bodies = runtimes.map((runtime) => JSON.parse(JSON.stringify(bodyOf(runtime))) as Body);
type Body = { [name: string]: unknown };

const check = (body: unknown) => checkCreateBody(JSON.stringify(body), schema);

function refusal(body: unknown): string {
  try {
    check(body);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return "passed";
}

test("what the driver asks for passes, unchanged", () => {
  fc.assert(
    fc.property(bodies, (body) => {
      expect(check(body)).toEqual(body);
    }),
  );
});

/** Fields of Docker's API that would hand the host over, or are nobody's business, and values that they take. */
const forbidden: fc.Arbitrary<[name: string, value: unknown]> = fc.oneof(
  fc.constantFrom<[string, unknown]>(
    ["Privileged", true],
    ["privileged", true],
    ["PidMode", "host"],
    ["UTSMode", "host"],
    ["UsernsMode", "host"],
    ["CgroupnsMode", "host"],
    ["CgroupParent", "/"],
    ["CapAdd", ["SYS_ADMIN"]],
    ["capadd", ["ALL"]],
    ["Binds", ["/:/host"]],
    ["VolumesFrom", ["other"]],
    ["VolumeDriver", "local"],
    ["VolumeOptions", { DriverConfig: { Name: "local", Options: { type: "none", o: "bind", device: "/" } } }],
    ["BindOptions", { Propagation: "rshared" }],
    ["DeviceCgroupRules", ["a *:* rwm"]],
    ["DeviceIDs", ["0"]],
    ["Runtime", "other"],
    ["Sysctls", { "kernel.core_pattern": "|/x" }],
    ["MaskedPaths", []],
    ["ReadonlyPaths", []],
    ["GroupAdd", ["docker"]],
    ["OomKillDisable", true],
    ["OomScoreAdj", -1000],
    ["PublishAllPorts", true],
    ["PortBindings", { "8000/tcp": [{ HostIp: "0.0.0.0", HostPort: "80" }] }],
    ["NetworkingConfig", { EndpointsConfig: { host: {} } }],
    ["ExtraHosts", ["gateway:127.0.0.1"]],
    ["AutoRemove", true],
    ["Healthcheck", { Test: ["CMD", "x"] }],
    ["HostConfig", {}],
    ["__proto__", { Privileged: true }],
    ["constructor", {}],
  ),
  fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.anything()),
);

/** Every object in a value. */
function objectsIn(value: unknown, into: Body[] = []): Body[] {
  if (typeof value !== "object" || value === null) return into;
  if (!Array.isArray(value)) into.push(value as Body);
  for (const inner of Object.values(value)) objectsIn(inner, into);
  return into;
}

test("a field that engines do not have is refused wherever it stands, and named", () => {
  fc.assert(
    fc.property(bodies, forbidden, fc.nat(), (body, [name, value], where) => {
      const objects = objectsIn(body);
      const target = objects[where % objects.length]!;
      fc.pre(
        !Object.hasOwn(target, name) &&
          !/^(Entrypoint|User|ExposedPorts|IpcMode|ShmSize|Memory|MemorySwap)$/.test(name),
      );
      const written = JSON.stringify(value);
      // A name that stands deeper in the value may be the one that is told.
      fc.pre(written !== undefined && !written.includes("__proto__"));
      Object.defineProperty(target, name, { value: JSON.parse(written), enumerable: true });
      const said = refusal(body);
      expect(said).not.toBe("passed");
      expect(said).toContain(name);
    }),
    { numRuns: 1000 },
  );
});

const minimal: ContainerRuntime = {
  kind: "container",
  image: "hearth/sglang:1",
  command: [],
  env: {},
  mounts: [],
  ulimits: [],
  devices: [],
  gpu: "none",
  port: 8000,
  healthPath: "/health",
  startTimeoutSeconds: 1,
  stopGraceSeconds: 1,
};
const volume = { kind: "volume", source: "hearth-models", target: "/models", readOnly: false } as const;
const bind = { ...volume, kind: "bind" } as const;

test.each<[string, Partial<ContainerRuntime>, string]>([
  ["an image that is not listed", { image: "evil/image:1" }, "Image is not in HEARTH_GUARD_IMAGES."],
  ["a listed image in another folder", { image: "evil/vllm/vllm-openai:1" }, "Image is not in HEARTH_GUARD_IMAGES."],
  ["the host's IPC", { ipc: "host" }, "HostConfig.IpcMode is not as engines have it"],
  ["the root folder", { mounts: [{ ...bind, source: "/" }] }, "HostConfig.Mounts[0].Source is not a path"],
  [
    "the Docker socket",
    { mounts: [volume, { ...bind, source: "/var/run/docker.sock" }] },
    "HostConfig.Mounts[1].Source",
  ],
  [
    "a way around",
    { mounts: [{ ...bind, source: "/srv/hearth/tokenizers/../../../etc" }] },
    "is not a plain absolute path",
  ],
  ["a neighbour", { mounts: [{ ...bind, source: "/srv/hearth/tokenizers-of-others" }] }, "nor below one."],
  ["somebody else's volume", { mounts: [{ ...volume, source: "postgres" }] }, "Source is not in HEARTH_GUARD_VOLUMES."],
  ["a folder as a volume", { mounts: [{ ...volume, source: "/etc" }] }, "HostConfig.Mounts[0].Source"],
  ["a disk", { devices: ["/dev/sda"] }, "HostConfig.Devices[0].PathOnHost /dev/sda is not in HEARTH_GUARD_DEVICES."],
  ["a way to a disk", { devices: ["/dev/infiniband/../sda"] }, "PathOnHost is not a plain absolute path."],
  [
    "a writable folder below a listed one",
    { mounts: [{ ...bind, source: "/srv/hearth/tokenizers/o200k" }] },
    "HostConfig.Mounts[0].Source lies below a path of HEARTH_GUARD_BINDS: only the listed path itself may be writable.",
  ],
  ["root, by number", { user: "0:0" }, "User must be numbers other than 0, unless HEARTH_GUARD_ROOT lists the image."],
  ["the group of root", { user: "1000:0" }, "User must be numbers other than 0"],
  ["a name, which may be root's in this image", { user: "app" }, "User must be numbers other than 0"],
])("%s is refused", (_, changes, message) => {
  expect(refusal(bodyOf({ ...minimal, ...changes }))).toContain(message);
});

test.each([
  ...[
    "LD_PRELOAD=/x.so",
    "LD_DEBUG_OUTPUT=/x",
    "LD_LIBRARY_PATH=/x",
    "GCONV_PATH=.",
    "GLIBC_TUNABLES=a=b",
    "MALLOC_TRACE=x",
  ],
  ...["LOCPATH=.", "PATH=.", "PYTHONPATH=/x", "NVIDIA_VISIBLE_DEVICES=all", "vllm_x=1", "VLLMX=1", "=", ""],
])("the variable %j is refused, since no engine needs it", (entry) => {
  const body = { ...bodyOf(minimal), Env: ["VLLM_X=1", entry] };
  expect(refusal(body)).toContain("Env[1] ");
  expect(refusal(body)).toContain("is not in HEARTH_GUARD_ENV");
});

test("the operator's lists let a variable and a root user through", () => {
  const wider = createBodySchema({ ...policy, env: ["MY_*", "LD_PRELOAD"], root: ["hearth/sglang:*"] });
  const body = { ...bodyOf({ ...minimal, user: "0:0" }), Env: ["MY_FLAG=1", "LD_PRELOAD=/x.so"] };
  expect(checkCreateBody(JSON.stringify(body), wider)).toEqual(JSON.parse(JSON.stringify(body)));
});

test.each<[string, (host: Body, body: Body) => void, string]>([
  ["the host's network", (host) => Object.assign(host, { NetworkMode: "host" }), "HostConfig.NetworkMode"],
  ["another's network", (host) => Object.assign(host, { NetworkMode: "container:db" }), "HostConfig.NetworkMode"],
  ["the default network", (host) => delete host.NetworkMode, "HostConfig.NetworkMode"],
  [
    "a restart policy",
    (host) => Object.assign(host, { RestartPolicy: { Name: "always" } }),
    "HostConfig.RestartPolicy.Name",
  ],
  ["a log driver", (host) => Object.assign(host, { LogConfig: { Type: "syslog" } }), "HostConfig.LogConfig.Type"],
  ["capabilities kept", (host) => Object.assign(host, { CapDrop: [] }), "HostConfig.CapDrop"],
  ["an open seccomp", (host) => Object.assign(host, { SecurityOpt: ["seccomp=unconfined"] }), "HostConfig.SecurityOpt"],
  ["no security options", (host) => delete host.SecurityOpt, "HostConfig.SecurityOpt"],
  ["no labels", (_, body) => delete body.Labels, "Labels"],
  [
    "somebody else's label",
    (_, body) => Object.assign(body.Labels as Body, { "com.docker.compose.project": "x" }),
    "Labels",
  ],
])("%s is refused", (_, change, message) => {
  const body = JSON.parse(JSON.stringify(bodyOf(minimal))) as Body;
  change(body.HostConfig as Body, body);
  expect(refusal(body)).toContain(message);
});

test("of two fields with one name the one that was checked goes on", () => {
  const twice = JSON.stringify(bodyOf(minimal)).replace('"CapDrop"', '"CapDrop":[],"CapDrop"');
  expect(checkCreateBody(twice, schema).HostConfig.CapDrop).toEqual(["ALL"]);
});

test("what is no JSON, or no object, is refused", () => {
  expect(() => checkCreateBody("{", schema)).toThrow("the body is not JSON.");
  expect(refusal([])).toContain("the body is not as engines have it");
});

test("without a network an engine is published on 127.0.0.1, and nowhere else", () => {
  const open = createBodySchema({ ...policy, networks: [] });
  const parts = { instance: "i", port: 8000, hostPath: (path: string) => path, reach: { kind: "loopback" } } as const;
  const order = { spec: { id: "a" }, specHash: "", generation: 1, apiKey: "", poolGiB: 100, weights: null } as never;
  const published = JSON.stringify(createBody(order, minimal, parts));
  expect(checkCreateBody(published, open).HostConfig).toMatchObject({ CapDrop: ["ALL"] });
  expect(() => checkCreateBody(published.replace("127.0.0.1", "0.0.0.0"), open)).toThrow(/HostConfig\.PortBindings/);
  expect(() => checkCreateBody(published.replace('"HostPort":""', '"HostPort":"22"'), open)).toThrow(/HostPort/);
});
