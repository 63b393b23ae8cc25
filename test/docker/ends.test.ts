import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import type { ContainerRuntime } from "../../src/domain/container-runtime.ts";
import type { Engine } from "../../src/waker/driver.ts";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { containerOf, containerRuntime, containerSpec, order, quiet, runsNode } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

withDocker("how a container ended", ({ host, client }) => {
  const instance = randomUUID();
  const driver = dockerDriver({ host, instance, log: quiet });
  afterEach(async () => {
    for (const engine of await driver.found()) await engine.stop(0);
  });
  const start = (runtime: ContainerRuntime): Promise<Engine> => driver.start(order(containerSpec("a", runtime)));
  const stay = "setInterval(() => {}, 1000)";

  it("out of memory is told apart from a kill", async () => {
    const hungry = "const held = []; setInterval(() => held.push(Buffer.alloc(16 << 20, 1)), 1)";
    const engine = await start(runsNode(hungry, { memoryLimitGiB: 0.0625 }));
    expect(await engine.exited).toEqual({
      code: 137,
      signal: "SIGKILL",
      text: "was killed by the kernel: out of memory (its container's limit)",
    });
    await engine.stop(1);
  });

  it("a child that ran out of memory and took the engine down is named", async () => {
    const parent = `
      const hungry = "const held = []; setInterval(() => held.push(Buffer.alloc(16 << 20, 1)), 1)";
      require("node:child_process").spawn(process.execPath, ["-e", hungry]).on("exit", () => process.exit(3));
    `;
    const engine = await start(runsNode(parent, { memoryLimitGiB: 0.125 }));
    expect((await engine.exited).text).toBe(
      "exited with code 3 after the kernel had killed one of its processes: out of memory",
    );
    await engine.stop(1);
  });

  it("a kill through Docker is nobody's lack of memory", async () => {
    const engine = await start(runsNode(stay));
    await containerOf(client, engine, instance).then((container) => container.kill());
    expect(await engine.exited).toEqual({
      code: 137,
      signal: "SIGKILL",
      text: "was stopped from outside with SIGKILL",
    });
    await engine.stop(1);
  });

  it("a kill from the machine is not said to be Docker's", async () => {
    const engine = await start(runsNode(stay));
    process.kill(engine.pid!, "SIGKILL");
    expect((await engine.exited).text).toBe("was killed by SIGKILL, which Hearth did not send");
    await engine.stop(1);
  });

  it("a container that somebody removed is gone", async () => {
    const engine = await start(runsNode(stay));
    await containerOf(client, engine, instance).then((container) => container.remove({ force: true }));
    // Removal kills first; which of the two is seen first is a matter of luck.
    expect((await engine.exited).text).toMatch(/^was (removed by somebody else|stopped from outside with SIGKILL)$/);
    await engine.stop(1);
  });

  it("a container that somebody restarted is another one", async () => {
    const engine = await start(runsNode(stay));
    await containerOf(client, engine, instance).then((container) => container.restart({ t: 0 }));
    expect((await engine.exited).text).toMatch(
      /^was (restarted from outside|stopped from outside with SIG(TERM|KILL))$/,
    );
    await engine.stop(0);
    expect(await driver.found()).toEqual([]);
  });

  it("a program that the image does not have is a start that failed, with its name, and leaves nothing behind", async () => {
    await expect(start(containerRuntime([], { entrypoint: ["/no/such/program"] }))).rejects.toThrow(
      /no\/such\/program/,
    );
    expect(await client.listContainers({ all: true, filters: { label: [`hearth.instance=${instance}`] } })).toEqual([]);
  });

  it("a GPU without the NVIDIA container toolkit says what to install", async () => {
    await expect(start(containerRuntime([], { gpu: "all" }))).rejects.toThrow(
      /Docker cannot pass a GPU on .*Install the NVIDIA container toolkit/,
    );
    expect(await client.listContainers({ all: true, filters: { label: [`hearth.instance=${instance}`] } })).toEqual([]);
  });
});
