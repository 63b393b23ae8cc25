import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import { afterEach, beforeEach, expect, it } from "vitest";
import { containerName } from "../../src/waker/drivers/docker/container-name.ts";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { containerOf, containerRuntime, containerSpec, order, quiet, runsNode } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

withDocker("containers that are there already", ({ host, client }) => {
  let instance: string;
  let said: string[];
  const driver = () =>
    dockerDriver({ host, instance, log: { ...quiet, warn: (facts: { why?: string }) => said.push(facts.why ?? "") } });
  const byHand: Docker.Container[] = [];
  beforeEach(() => {
    instance = randomUUID();
    said = [];
  });
  afterEach(async () => {
    for (const engine of await driver().found()) await engine.stop(0);
    for (const container of byHand.splice(0)) await container.remove({ force: true }).catch(() => {});
  });

  const spec = containerSpec("a", containerRuntime());
  /** As a person or compose would make it for the model above: with labels, and a port of its own. */
  async function makeByHand(changes: Docker.ContainerCreateOptions = {}, labels: Record<string, string> = {}) {
    const container = await client.createContainer({
      Image: fakeEngineImage,
      Cmd: ["--host", "0.0.0.0", "--port", "8000", "--model", "a"],
      Env: ["HEARTH_ENGINE_KEY=a key of its own"],
      Labels: { "hearth.instance": instance, "hearth.model": "a", ...labels },
      ExposedPorts: { "8000/tcp": {} },
      HostConfig: { PortBindings: { "8000/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] } },
      ...changes,
    });
    byHand.push(container);
    return container;
  }
  const all = async () =>
    (await client.listContainers({ all: true, filters: { label: [`hearth.instance=${instance}`] } })).map(
      ({ Id }) => Id,
    );

  it("one made by hand that matches is started and used, with its own key, and stays when it is stopped", async () => {
    const { id } = await makeByHand();
    const engine = await driver().start(order(spec));
    expect((await containerOf(client, engine, instance)).id).toBe(id);
    expect(engine).toMatchObject({ apiKey: "a key of its own", specHash: "hash", model: "a" });
    expect(engine.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await engine.stop(0);
    expect(await all()).toEqual([id]);
    const again = await driver().start(order(spec));
    expect((await containerOf(client, again, instance)).id).toBe(id);
    await again.stop(0);
  });

  it("one made by hand that already runs is used as it is", async () => {
    const container = await makeByHand();
    await container.start();
    const { State } = await container.inspect();
    const engine = await driver().start(order(spec));
    expect(engine.pid).toBe(State.Pid);
    await engine.stop(0);
  });

  it("one that compose made from this spec is found after a restart; from another spec it is not taken", async () => {
    const container = await makeByHand({}, { "hearth.spec-hash": "hash" });
    await container.start();
    expect((await driver().found()).map(({ model, specHash }) => [model, specHash])).toEqual([["a", "hash"]]);
    const engine = await driver().start(order(spec, "another hash"));
    expect((await containerOf(client, engine, instance)).id).not.toBe(container.id);
    expect(said).toEqual(["it was made from another version of the model's settings"]);
    await engine.stop(0);
  });

  it.each([
    ["another command", { Cmd: ["--host", "0.0.0.0", "--port", "8000", "--model", "b"] }, /^its command is/],
    ["another entry point", { Entrypoint: ["/bin/node", "--trace-gc"] }, /^its entry point is another/],
    ["no port that we could reach", { HostConfig: {} }, /^it cannot be reached from here/],
  ])("one made by hand with %s is replaced, with the reason", async (_, changes, why) => {
    const { id } = await makeByHand(changes);
    const entrypoint = ["/bin/node", "/app/test/support/fake-engine.ts"];
    const engine = await driver().start(order(containerSpec("a", containerRuntime([], { entrypoint }))));
    expect(said).toEqual([expect.stringMatching(why)]);
    expect(await all()).not.toContain(id);
    await engine.stop(0);
  });

  it("what our own earlier start left is cleared away, and the new one has the new settings", async () => {
    const first = await driver().start(order(spec));
    const second = await driver().start(order(containerSpec("a", containerRuntime(["--tokens", "3"])), "new hash"));
    await first.exited;
    expect(await all()).toHaveLength(1);
    expect(second.specHash).toBe("new hash");
    const { Config } = await containerOf(client, second, instance).then((container) => container.inspect());
    expect(Config.Cmd.slice(-2)).toEqual(["--tokens", "3"]);
    expect(Config.Labels["hearth.spec-hash"]).toBe("new hash");
    await second.stop(0);
  });

  it("ours that ended while Hearth was away is told of and removed", async () => {
    const { exited } = await driver().start(order(containerSpec("a", runsNode("process.exit(4)"))));
    await exited;
    expect(await driver().found()).toEqual([]);
    expect(await all()).toEqual([]);
  });

  it("a name that a stranger's container has is a clear failure, and the stranger is left alone", async () => {
    const name = containerName("a", instance);
    const stranger = await client.createContainer({ name, Image: fakeEngineImage });
    byHand.push(stranger);
    await expect(driver().start(order(spec))).rejects.toThrow(
      `The container name ${name} is taken by a container that Hearth did not make. Remove it with \`docker rm -f ${name}\``,
    );
    expect((await stranger.inspect()).State.Status).toBe("created");
  });

  it("a port of the host that somebody has is a clear failure", async () => {
    const other = createServer();
    await once(other.listen(0, "127.0.0.1"), "listening");
    const { port } = other.address() as { port: number };
    await makeByHand({ HostConfig: { PortBindings: { "8000/tcp": [{ HostIp: "127.0.0.1", HostPort: `${port}` }] } } });
    await expect(driver().start(order(spec))).rejects.toThrow(/its port is taken \(.*`ss -ltnp` shows by whom/);
    other.close();
  });

  it("weights are mounted read-only, and an engine has no privilege that it does not need", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hearth-weights-"));
    const weights = join(folder, "model.gguf");
    writeFileSync(weights, "weights");
    const script = `const fs = require("node:fs");
      console.log(fs.readFileSync(process.argv[1], "utf8"));
      try { fs.writeFileSync(process.argv[1], "x"); } catch (error) { console.log(error.code); }
      console.log(/CapEff:\\s+0+\\n/.test(fs.readFileSync("/proc/self/status", "utf8")));
      console.log(/NoNewPrivs:\\s+1/.test(fs.readFileSync("/proc/self/status", "utf8")));`;
    const model = containerSpec("a", runsNode(script, { command: ["{weights}"] }));
    const engine = await driver().start({ ...order(model), weights });
    await engine.exited;
    const log = engine.logs({ lines: 10, follow: false, signal: AbortSignal.timeout(120_000) });
    expect(await Array.fromAsync(log)).toEqual(["weights", "EROFS", "true", "true"]);
    await engine.stop(0);
    rmSync(folder, { recursive: true });
  });

  it("on an internal network an engine is reached by its address, and publishes nothing", async () => {
    const network = await client.createNetwork({ Name: `hearth-${instance}`, Internal: true });
    const inside = dockerDriver({ host, instance, log: quiet, reach: { kind: "network", name: `hearth-${instance}` } });
    const engine = await inside.start(order(spec));
    const { NetworkSettings, HostConfig } = await (await containerOf(client, engine, instance)).inspect();
    const { IPAddress } = NetworkSettings.Networks[`hearth-${instance}`]!;
    expect(engine.origin).toBe(`http://${IPAddress}:8000`);
    expect(HostConfig.PortBindings).toBeNull();
    await engine.stop(0);
    await network.remove();
  });

  it("on the host's network two engines get ports of their own", async () => {
    const onHost = dockerDriver({ host, instance, log: quiet, reach: { kind: "host" } });
    const [a, b] = await Promise.all([
      onHost.start(order(spec)),
      onHost.start(order(containerSpec("b", spec.runtime as never))),
    ]);
    expect(a.origin).not.toBe(b.origin);
    for (const engine of [a, b]) await engine.stop(0);
  });
});
