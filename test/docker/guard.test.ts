import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { whyAway } from "../../src/containers/daemon.ts";
import type { ContainerRuntime } from "../../src/domain/container-runtime.ts";
import { createBody } from "../../src/waker/drivers/docker/create-body.ts";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { buildWith, fakeEngineImage } from "../support/docker-image.ts";
import { freePort } from "../support/free-port.ts";
import { guardCheck, type RunningGuard, startGuard } from "../support/guard.ts";
import { type LoopbackRegistry, startRegistry } from "../support/loopback-registry.ts";
import { driverContract } from "../support/waker/driver-contract.ts";
import { containerOf, containerRuntime, containerSpec, order, quiet } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

/** An image whose environment would have a host's hook load a library of its own. */
const preloading = "hearth-test/preloading:1";

withDocker("behind the guard", ({ host, client }) => {
  const network = `hearth-${randomUUID()}`;
  const reach = { kind: "network", name: network } as const;
  let guard: RunningGuard;
  let guarded: Docker;
  let registry: LoopbackRegistry;
  let folder: string;
  beforeAll(async () => {
    await client.createNetwork({ Name: network, Internal: true });
    registry = await startRegistry();
    folder = mkdtempSync(join(tmpdir(), "hearth-binds-"));
    mkdirSync(join(folder, "weights"));
    symlinkSync("/etc", join(folder, "link"));
    guard = await startGuard(host, {
      HEARTH_GUARD_IMAGES: `${fakeEngineImage} ${registry.image} hearth-test/built:2 ${preloading}`,
      HEARTH_GUARD_BUILDS: "hearth-test/built:2",
      HEARTH_GUARD_BINDS: folder,
      HEARTH_GUARD_NETWORKS: network,
    });
    guarded = new Docker({ socketPath: guard.host.slice("unix://".length) });
  });
  afterAll(async () => {
    const log = await guard.close();
    expect(log).toContain("refused: ");
    expect(log).not.toContain("key-1");
    await registry.close();
    await client.getNetwork(network).remove();
    rmSync(folder, { recursive: true });
  });

  driverContract("Docker", async () => {
    const instance = randomUUID();
    const driver = (of: string = instance) => dockerDriver({ host: guard.host, instance: of, log: quiet, reach });
    return {
      driver: driver(),
      spec: (id, flags) => containerSpec(id, containerRuntime(flags)),
      successor: () => driver(),
      stranger: () => driver("another instance"),
      async kill(engine) {
        await (await containerOf(client, engine, instance)).kill();
        await engine.exited;
      },
      async close() {
        for (const engine of await driver().found()) await engine.stop(0);
      },
    };
  });

  const instance = randomUUID();
  const driver = () => dockerDriver({ host: guard.host, instance, log: quiet, reach });
  const start = (changes: Partial<ContainerRuntime>) =>
    driver().start(order(containerSpec("a", containerRuntime([], changes))));
  const strangers: Docker.Container[] = [];
  afterEach(async () => {
    for (const container of strangers.splice(0)) await container.remove({ force: true });
    for (const engine of await driver().found()) await engine.stop(0);
  });

  it("the group may use its socket, others may not", () => {
    expect(statSync(guard.host.slice("unix://".length)).mode & 0o777).toBe(0o660);
  });

  it("somebody else's container is neither seen nor touched", async () => {
    const stranger = await client.createContainer({ name: `stranger-${instance}`, Image: fakeEngineImage });
    strangers.push(stranger);
    expect((await guarded.listContainers({ all: true })).map(({ Id }) => Id)).not.toContain(stranger.id);
    const theirs = guarded.getContainer(stranger.id);
    const byName = guarded.getContainer(`stranger-${instance}`);
    for (const call of [
      () => theirs.inspect(),
      () => byName.inspect(),
      () => theirs.start(),
      () => theirs.stop(),
      () => theirs.kill({ signal: "SIGKILL" }),
      () => theirs.remove(),
      () => theirs.logs({ stdout: true, follow: false }),
      () => theirs.stats({ stream: false }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        statusCode: 403,
        json: { message: expect.stringMatching(/guard in front of Docker refused it: container .* is not Hearth's/) },
      });
    }
    expect((await stranger.inspect()).State.Status).toBe("created");
  });

  it("in an engine of ours nothing can be run, read or written", async () => {
    const engine = await start({});
    const ours = guarded.getContainer((await containerOf(client, engine, instance)).id);
    const exec = { Cmd: ["/bin/node"], AttachStdout: true };
    for (const call of [
      () => ours.exec(exec),
      () => ours.attach({ stream: true, stdin: true, hijack: true }),
      () => ours.getArchive({ path: "/" }),
      () => ours.commit({ repo: "x" }),
      () => ours.update({ Memory: 1 }),
      () => ours.rename({ name: "gateway" }),
    ]) {
      await expect(call()).rejects.toMatchObject({ statusCode: 403 });
    }
    await engine.stop(0);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["images of others", () => guarded.listImages()],
    ["a network", () => guarded.createNetwork({ Name: "x" })],
    ["a volume", () => guarded.createVolume({ Name: "hearth-x", Driver: "local" })],
    ["pruning", () => guarded.pruneContainers()],
  ])("nothing else passes: %s", async (_, call) => {
    await expect(call()).rejects.toMatchObject({ statusCode: 403 });
  });

  it("of the daemon's facts no more passes than what it is and what it runs on", async () => {
    const { ServerVersion, OSType, Architecture } = await client.info();
    expect(await guarded.info()).toEqual({ ServerVersion, OSType, Architecture });
  });

  it("a start says which field the guard refused", async () => {
    await expect(start({ ipc: "host" })).rejects.toThrow(
      /Could not create container hearth-a-.*: Hearth's guard in front of Docker refused it: HostConfig\.IpcMode/,
    );
    const docker = { kind: "bind", source: "/var/run/docker.sock", target: "/docker.sock", readOnly: true } as const;
    await expect(start({ mounts: [docker] })).rejects.toThrow(/HostConfig\.Mounts\[0\]\.Source/);
    expect(await client.listContainers({ all: true, filters: { label: [`hearth.instance=${instance}`] } })).toEqual([]);
  });

  it("below a path that is listed, a folder passes and a symbolic link does not", async () => {
    const mount = (path: string) => ({
      kind: "bind" as const,
      source: join(folder, path),
      target: "/x",
      readOnly: true,
    });
    await (await start({ mounts: [mount("weights")] })).stop(0);
    await expect(start({ mounts: [mount("link/ssl")] })).rejects.toThrow(/leads through a symbolic link/);
    await expect(start({ mounts: [mount("link")] })).rejects.toThrow(/leads through a symbolic link/);
    await expect(start({ mounts: [mount("missing")] })).rejects.toThrow(/the guard cannot see .*missing/);
  });

  describe("a path that was checked is still the one that is mounted", () => {
    const swapped = () => join(folder, "swapped");
    beforeEach(() => mkdirSync(swapped()));
    afterEach(() => rmSync(swapped(), { recursive: true, force: true }));
    /** As a waker that was taken over would write it, past the driver. */
    const created = async (name: string, source: string, readOnly: boolean) => {
      const mounts = [{ kind: "bind" as const, source, target: "/x", readOnly }];
      const spec = containerSpec(name, containerRuntime([], { mounts }));
      const body = createBody(order(spec), containerRuntime([], { mounts }), {
        ...{ instance, reach, port: 8000, hostPath: (path: string) => path },
      });
      const call = { _query: { name: `hearth-${name}-${instance}` }, _body: body } as Docker.ContainerCreateOptions;
      const container = await guarded.createContainer(call);
      strangers.push(client.getContainer(container.id));
      return container;
    };

    it("a link that was laid after the container was made ends its start", async () => {
      const reader = await created("reader", swapped(), true);
      rmSync(swapped(), { recursive: true });
      symlinkSync("/etc", swapped());
      await expect(reader.start()).rejects.toMatchObject({
        statusCode: 403,
        json: { message: expect.stringMatching(/swapped leads through a symbolic link/) },
      });
      expect((await client.getContainer(reader.id).inspect()).State.Status).toBe("created");
    });

    it("nobody may write above what another one mounts, whoever comes first", async () => {
      const refused = { statusCode: 403, json: { message: expect.stringContaining(folder) } };
      const reader = await created("reader", swapped(), true);
      await expect(created("writer", folder, false)).rejects.toMatchObject(refused);
      await client.getContainer(reader.id).remove();
      strangers.length = 0;
      const writer = await created("writer", folder, false);
      await expect(created("reader", swapped(), true)).rejects.toMatchObject(refused);
      await writer.start();
      expect((await client.getContainer(writer.id).inspect()).State.Running).toBe(true);
    });

    it("below a listed path nothing is writable", async () => {
      await expect(created("writer", swapped(), false)).rejects.toMatchObject({ statusCode: 403 });
    });
  });

  it("an image that would have the host's hooks load a library does not start, and is told by the variable", async () => {
    const image = await buildWith(client, preloading, "ENV LD_PRELOAD=lib/evil.so");
    await expect(start({ image })).rejects.toThrow(
      /LD_PRELOAD of its image or its own would reach the host's GPU hooks/,
    );
    await expect(start({ env: { GCONV_PATH: "." } })).rejects.toThrow(/GCONV_PATH is not in HEARTH_GUARD_ENV/);
    await expect(start({ user: "0:0" })).rejects.toThrow(/User must be numbers other than 0/);
    for (const engine of await driver().found()) await engine.stop(0);
    await client.getImage(image).remove();
  });

  it("listed images are pulled and built, others are not", async () => {
    const prepare = (image: string, imageSource: ContainerRuntime["imageSource"]) =>
      driver().prepare!(
        containerSpec("a", containerRuntime([], { image, imageSource: imageSource! })),
        AbortSignal.timeout(120_000),
        () => {},
      );
    await prepare(registry.image, { kind: "pull" });
    await client.getImage(registry.image).remove();
    await expect(prepare(`${registry.address}/closed:1`, { kind: "pull" })).rejects.toThrow(
      /is not in HEARTH_GUARD_IMAGES/,
    );
    const source = { kind: "build", context: "test/docker/small-image", dockerfile: "Dockerfile", args: {} } as const;
    await prepare("hearth-test/built:2", source);
    await client.getImage("hearth-test/built:2").remove();
    await expect(prepare("hearth-test/built:3", source)).rejects.toThrow(/is not in HEARTH_GUARD_IMAGES/);
  });

  it("on a network it wants its token", async () => {
    const token = "0123456789abcdef";
    const address = `tcp://127.0.0.1:${await freePort()}`;
    const open = await startGuard(host, {
      HEARTH_GUARD_IMAGES: fakeEngineImage,
      HEARTH_GUARD_LISTEN: address,
      HEARTH_GUARD_TOKEN: token,
    });
    expect((await whyAway(address))?.kind).toBe("forbidden");
    process.env.HEARTH_GUARD_TOKEN = token;
    expect(await whyAway(address)).toBe(null);
    delete process.env.HEARTH_GUARD_TOKEN;
    expect(await guardCheck({ ...open.environment, HEARTH_GUARD_TOKEN: "another token of the length" })).toBe(1);
    await open.close();
  });
});
