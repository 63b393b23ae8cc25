import { afterAll, beforeAll, expect, it } from "vitest";
import { whyAway } from "../../src/containers/daemon.ts";
import { dockerDriver } from "../../src/waker/drivers/docker/driver.ts";
import { type DockerDaemon, startDockerDaemon } from "../support/docker-daemon.ts";
import { buildFakeEngineImage } from "../support/docker-image.ts";
import { containerRuntime, containerSpec, order, runsNode } from "./driver-setup.ts";
import { withDocker } from "./with-docker.ts";

withDocker("a Docker daemon that goes away", () => {
  let daemon: DockerDaemon;
  const told: string[] = [];
  const tell = (_: unknown, message?: string) => void told.push(message ?? "");
  const driver = () => dockerDriver({ host: daemon.host, instance: "lost", log: { info: tell, warn: tell } });
  beforeAll(async () => {
    daemon = await startDockerDaemon();
    await buildFakeEngineImage(daemon.client);
  });
  afterAll(() => daemon.close());
  const spec = containerSpec("a", containerRuntime());
  const script = "process.on('SIGTERM', () => process.exit(143)); setInterval(() => {}, 1000); console.log('up')";
  const sleeping = containerSpec("a", runsNode(script));

  it("killed, it leaves engines running; they are watched again when it is back", async () => {
    const engine = await driver().start(order(sleeping));
    await daemon.end("SIGKILL");
    expect((await whyAway(daemon.host))?.kind).toBe("unreachable");
    expect(await engine.ownsPort()).toBeNull();
    expect(await engine.memory()).toBeNull();
    await expect(engine.stop(1)).rejects.toThrow(/Docker does not answer at unix:.*systemctl start docker/);
    // Without this it would end on its return what it finds running.
    await daemon.start("--live-restore");
    expect(process.kill(engine.pid!, 0)).toBe(true);
    process.kill(engine.pid!, "SIGKILL");
    expect((await engine.exited).signal).toBe("SIGKILL");
    await engine.stop(1);
    expect(told).toEqual(expect.arrayContaining(["Docker was lost", "Docker answers again"]));
  });

  it("restarted for an update with live restore, nothing happens to an engine", async () => {
    const engine = await driver().start(order(sleeping));
    await daemon.end("SIGTERM");
    await daemon.start("--live-restore");
    const [found] = await driver().found();
    expect(found!.pid).toBe(engine.pid);
    await engine.stop(0);
    await daemon.end("SIGTERM");
    await daemon.start();
  });

  it("stopped, it takes its engines along; their end is heard of when it is back", async () => {
    const engine = await driver().start(order(sleeping));
    const log = engine.logs({ lines: 1, follow: true, signal: AbortSignal.timeout(120_000) });
    expect((await log[Symbol.asyncIterator]().next()).value).toBe("up");
    await daemon.end("SIGTERM");
    await daemon.start();
    const { text } = await engine.exited;
    expect(text).toMatch(/SIGTERM|SIGKILL/);
    await engine.stop(1);
    expect(await driver().found()).toEqual([]);
  });

  it("an engine that is known to have ended can be stopped without it", async () => {
    const engine = await driver().start(order(containerSpec("a", runsNode("process.exit(3)"))));
    expect((await engine.exited).code).toBe(3);
    await daemon.end("SIGTERM");
    await engine.stop(1);
    await daemon.start();
    expect(await driver().found()).toEqual([]);
  });

  it("preparing waits for it, and says so", async () => {
    await daemon.end("SIGTERM");
    const phases: string[] = [];
    let back: Promise<void> | null = null;
    await driver().prepare!(spec, AbortSignal.timeout(120_000), (phase) => {
      phases.push(phase);
      back ??= daemon.start();
    });
    await back;
    expect(new Set(phases)).toEqual(new Set(["waiting for Docker"]));
  });

  it("preparing for nobody any more ends at once", async () => {
    await daemon.end("SIGTERM");
    const nobody = new AbortController();
    const reason = new Error("nobody waits");
    await expect(driver().prepare!(spec, nobody.signal, () => nobody.abort(reason))).rejects.toBe(reason);
    await daemon.start();
  });

  it("a start while it is away says what to do", async () => {
    await daemon.end("SIGTERM");
    await expect(driver().start(order(spec))).rejects.toThrow(
      /Docker does not answer at unix:.*systemctl start docker/,
    );
    await expect(driver().found()).rejects.toThrow(/Docker does not answer/);
    await daemon.start();
    const engine = await driver().start(order(spec));
    await engine.stop(1);
  });
});
