import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ContainerInspectInfo } from "dockerode";
import { afterAll, afterEach, expect, it } from "vitest";
import { stringify } from "yaml";
import { composeFile } from "../../src/containers/compose-file.ts";
import type { ContainerRuntime } from "../../src/domain/container-runtime.ts";
import { createBody } from "../../src/waker/drivers/docker/create-body.ts";
import { composeIsMissing } from "../support/compose-stack.ts";
import { containerRuntime, containerSpec } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

const missing = await composeIsMissing();
const key = "engine-key";

if (missing !== null) it("a rendered Compose file", ({ skip }) => skip(missing));
else
  withDocker("a rendered Compose file", ({ host, client }) => {
    const folder = mkdtempSync(join(tmpdir(), "hearth-compose-"));
    const file = join(folder, "models.yml");
    const compose = (...args: string[]) =>
      promisify(execFile)("docker-compose", ["-p", "hearth-rendered", "-f", file, "--profile", "models", ...args], {
        env: { PATH: `/usr/bin:${process.env.PATH}`, HOME: folder, DOCKER_HOST: host, HEARTH_ENGINE_KEY: key },
      });
    afterEach(() => compose("down", "--volumes"));
    afterAll(() => rmSync(folder, { recursive: true }));

    const target = { instance: "rendered", network: null, poolGiB: 100 };
    async function composed(runtime: ContainerRuntime): Promise<ContainerInspectInfo> {
      const spec = containerSpec("org/a model", runtime);
      const rendered = composeFile([{ spec, runtime, specHash: "hash" }], target);
      writeFileSync(file, stringify(rendered, { version: "1.1", lineWidth: 0 }));
      await compose("up", "--no-start");
      const label = ["hearth.instance=rendered", "hearth.model=org/a model"];
      const [found] = await client.listContainers({ all: true, filters: { label } });
      return client.getContainer(found!.Id).inspect();
    }

    async function created(runtime: ContainerRuntime): Promise<ContainerInspectInfo> {
      const spec = containerSpec("org/a model", runtime);
      const order = { spec, specHash: "hash", generation: 1, node: "local", apiKey: key, poolGiB: 100, weights: null };
      const parts = { instance: "created", reach: { kind: "loopback" }, port: runtime.port } as const;
      const container = await client.createContainer(
        createBody(order, runtime, { ...parts, hostPath: (path) => path }),
      );
      const info = await container.inspect();
      await container.remove();
      return info;
    }

    it.each<[string, ContainerRuntime]>([
      ["a plain one", containerRuntime()],
      [
        "one with everything",
        containerRuntime(['--json={"port":"{port}"}', `cost $5 \${HOME} $$`, "no", "1:20", "{key}", "{share}"], {
          entrypoint: ["/bin/node", "/app/test/support/fake-engine.ts", "{model}"],
          env: { PLAIN: "yes", TEMPLATE: `$HOME \${x}`, EMPTY: "", NUMBER: "0123", SELF: "http://127.0.0.1:{port}" },
          mounts: [
            { kind: "volume", source: "hearth-test-models", target: "/models", readOnly: false },
            { kind: "bind", source: folder, target: "/srv/own files", readOnly: true },
          ],
          shmMiB: 16_384,
          ulimits: [
            { name: "memlock", soft: -1, hard: -1 },
            { name: "stack", soft: 67_108_864, hard: 67_108_864 },
          ],
          ipc: "shareable",
          devices: ["/dev/null"],
          gpu: "all",
          user: "1000:1000",
          memoryLimitGiB: 1.5,
        }),
      ],
      ["one with two GPUs", containerRuntime([], { gpu: 2 })],
    ])("makes the very container that Hearth would make: %s", async (_, runtime) => {
      expect(settings(await composed(runtime))).toEqual(settings(await created(runtime)));
    });
  });

/** What an engine runs under, in one way of writing. */
function settings({ Config, HostConfig, Mounts }: ContainerInspectInfo) {
  const { Image, Entrypoint, Cmd, Env, User, ExposedPorts } = Config;
  const { RestartPolicy, LogConfig, CapDrop, SecurityOpt, IpcMode, ShmSize, Memory, MemorySwap } = HostConfig;
  const { Ulimits, Devices, DeviceRequests, PortBindings } = HostConfig;
  return {
    ...{ Image, Entrypoint, Cmd, User, ExposedPorts, LogConfig, CapDrop, SecurityOpt, IpcMode, ShmSize, Memory },
    ...{ MemorySwap, Devices: Devices ?? [], restart: RestartPolicy?.Name || "no" },
    env: Env.toSorted(),
    published: Object.values(PortBindings as Record<string, { HostIp: string; HostPort: string }[]>),
    ulimits: (Ulimits ?? []).toSorted((a, b) => (a.Name ?? "").localeCompare(b.Name ?? "")),
    gpus: (DeviceRequests ?? []).map(({ Count, Capabilities }) => ({ Count, Capabilities })),
    mounts: Mounts.map(({ Type, Name, Source, Destination, RW }) => ({ Type, Name, Source, Destination, RW })).toSorted(
      (a, b) => a.Destination.localeCompare(b.Destination),
    ),
  };
}
