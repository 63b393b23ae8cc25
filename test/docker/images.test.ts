import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { registryDigest } from "../../src/containers/registry-digest.ts";
import type { ImageSource } from "../../src/domain/container-runtime.ts";
import { resolutionsIn } from "../../src/resolved/resolutions.ts";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { withFolder } from "../support/folder.ts";
import { type LoopbackRegistry, startRegistry } from "../support/loopback-registry.ts";
import { containerRuntime, containerSpec, order, quiet } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

withDocker("images", ({ host, client }) => {
  const driver = dockerDriver({ host, instance: "images", log: quiet });
  let registry: LoopbackRegistry;
  let context: string;
  beforeAll(async () => {
    registry = await startRegistry();
    context = mkdtempSync(join(tmpdir(), "hearth-context-"));
  });
  afterAll(async () => {
    await registry.close();
    rmSync(context, { recursive: true });
  });
  const made = ["hearth-test/built:1"];
  afterEach(async () => {
    for (const name of [...made, registry.image])
      await client
        .getImage(name)
        .remove()
        .catch(() => {});
  });

  type Heard = [phase: string, percent: number | null];

  async function prepare(image: string, imageSource: ImageSource, signal = AbortSignal.timeout(120_000)) {
    const heard: Heard[] = [];
    const spec = containerSpec("a", containerRuntime([], { image, imageSource }));
    await driver.prepare!(spec, signal, (phase, percent) => heard.push([phase, percent]));
    return heard;
  }
  const build = (dockerfile: string, args: Record<string, string> = {}): ImageSource => {
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    return { kind: "build", context, dockerfile: "Dockerfile", args };
  };

  it("one that is here is neither pulled nor built", async () => {
    expect(await prepare(fakeEngineImage, { kind: "pull" })).toEqual([]);
  });

  it("pulls by tag, with per cent that never fall", async () => {
    const heard = await prepare(registry.image, { kind: "pull" });
    expect(heard.at(-1)).toEqual(["pulling image", 100]);
    const percents = heard.map(([, percent]) => percent ?? 0);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect((await client.getImage(registry.image).inspect()).RepoTags).toEqual([registry.image]);
  });

  it("pulls by digest, and knows it again", async () => {
    expect((await prepare(registry.imageByDigest, { kind: "pull" })).length).toBeGreaterThan(0);
    expect(await prepare(registry.imageByDigest, { kind: "pull" })).toEqual([]);
    await client.getImage(registry.imageByDigest).remove();
  });

  it("what a tag stood for at its first pull is pulled ever after, until it is upgraded", async () => {
    await withFolder(async (home) => {
      const own = await startRegistry();
      const began = await registryDigest(own.image, AbortSignal.timeout(20_000), host);
      const resolutions = resolutionsIn(
        home,
        () => Promise.reject(new Error("no hub")),
        () => {},
      );
      const keeping = dockerDriver({ host, instance: "images", log: quiet, resolutions });
      const spec = containerSpec("a", containerRuntime([], { image: own.image, imageSource: { kind: "pull" } }));
      const pull = () => keeping.prepare!(spec, AbortSignal.timeout(120_000), () => {});
      await pull();
      expect((await resolutions.read()).digests[own.image]!.is).toBe(began);
      await client.getImage(own.image).remove();
      const moved = own.move();
      await pull();
      await expect(client.getImage(`${own.image}@${began}`).inspect()).resolves.toBeDefined();
      expect(await registryDigest(own.image, AbortSignal.timeout(20_000), host)).toBe(moved);
      expect(moved).not.toBe(began);
      await client.getImage(`${own.image.replace(/:1$/, "")}@${began}`).remove();
      await own.close();
    });
  });

  it("a kept digest that the registry has thrown away: says what keeps it, and what takes the present one", async () => {
    await withFolder(async (home) => {
      const resolutions = resolutionsIn(
        home,
        () => Promise.reject(new Error("no hub")),
        () => {},
      );
      await resolutions.keep("digests", registry.image, `sha256:${"0".repeat(64)}`);
      const keeping = dockerDriver({ host, instance: "images", log: quiet, resolutions });
      const spec = containerSpec("a", containerRuntime([], { image: registry.image, imageSource: { kind: "pull" } }));
      const failed = keeping.prepare!(spec, AbortSignal.timeout(120_000), () => {});
      await expect(failed).rejects.toThrow(/manifest unknown.*`hearth upgrade` takes what the tag stands for now\.$/s);
    });
  });

  it("an image that no registry has: says so, and what to check", async () => {
    await expect(prepare(`${registry.address}/small:2`, { kind: "pull" })).rejects.toThrow(
      /^Could not pull 127.0.0.1:\d+\/small:2: .*manifest unknown.*Check the name and tag of the image\.$/,
    );
  });

  it("an image behind a login: says how to log in", async () => {
    await expect(prepare(registry.closedImage, { kind: "pull" })).rejects.toThrow(
      /^Could not pull .*Log in with `docker login 127\.0\.0\.1:\d+` and try `docker pull 127\.0\.0\.1:\d+\/closed:1`\.$/,
    );
  });

  it("a registry that does not answer: gives the daemon's words and says what to check", async () => {
    await expect(prepare("127.0.0.1:9/none:1", { kind: "pull" })).rejects.toThrow(
      /^Could not pull 127\.0\.0\.1:9\/none:1: .*connection refused.* Check that this machine reaches 127\.0\.0\.1:9\.$/,
    );
  });

  it("builds from a Dockerfile with arguments, and tells each step", async () => {
    writeFileSync(join(context, "file.txt"), "content");
    const source = build("FROM scratch\nARG COLOUR=red\nLABEL colour=$COLOUR\nCOPY file.txt /\n", { COLOUR: "blue" });
    const heard = await prepare("hearth-test/built:1", source);
    expect(heard).toEqual([
      ["building image, step 1 of 4", 0],
      ["building image, step 2 of 4", 25],
      ["building image, step 3 of 4", 50],
      ["building image, step 4 of 4", 75],
    ]);
    expect((await client.getImage("hearth-test/built:1").inspect()).Config.Labels).toEqual({ colour: "blue" });
  });

  it("a build that fails says where it was and its last lines", async () => {
    const source = build("FROM scratch\nLABEL a=b\nCOPY missing.txt /\n");
    await expect(prepare("hearth-test/built:1", source)).rejects.toThrow(
      /^Could not build hearth-test\/built:1 from .*\/Dockerfile: .*missing\.txt.*Its last lines:\n.*Step 3\/3 : COPY missing\.txt/s,
    );
  });

  it("a pull ends at once when nobody wants it any more, with the signal's reason", async () => {
    const reason = new Error("nobody waits");
    await expect(prepare(registry.image, { kind: "pull" }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("one that only people can make: a start says that it is missing, and creates nothing", async () => {
    const runtime = containerRuntime([], { image: "hearth-test/missing:1" });
    await expect(prepare("hearth-test/missing:1", { kind: "local" })).rejects.toThrow(
      "The image hearth-test/missing:1 is not on this machine, and its `imageSource` says that Hearth cannot get it.",
    );
    await expect(driver.start(order(containerSpec("a", runtime)))).rejects.toThrow(
      "The image hearth-test/missing:1 is not on this machine, and its `imageSource` says that Hearth cannot get it.",
    );
    expect(await client.listContainers({ all: true, filters: { label: ["hearth.instance=images"] } })).toEqual([]);
  });
});
