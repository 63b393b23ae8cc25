import { randomUUID } from "node:crypto";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect } from "vitest";
import { type DockerDaemon, startDockerDaemon } from "../support/docker-daemon.ts";
import { buildFakeEngineImage, fakeEngineImage } from "../support/docker-image.ts";
import { test } from "../support/e2e.ts";
import { type RunningGuard, startGuard } from "../support/guard.ts";
import type { FakeModel } from "../support/hearth-server.ts";
import { withDocker } from "./with-docker.ts";

/** A model on the fake engine in a container; two of them do not fit into the 1 GiB that the suite's servers have. */
function contained(id: string, flags: string[] = [], runtime: object = {}): FakeModel {
  const command = ["--host", "0.0.0.0", "--port", "{port}", "--model", "{model}", ...flags];
  const container = { kind: "container", image: fakeEngineImage, imageSource: { kind: "local" }, gpu: "none", command };
  return { id, memory: "600MiB", runtime: { ...container, stopGrace: "2s", ...runtime } };
}

/** What `docker ps --all` knows of a model. */
async function containersOf(client: Docker, model: string): Promise<Docker.Container[]> {
  const listed = await client.listContainers({ all: true, filters: { label: [`hearth.model=${model}`] } });
  return listed.map(({ Id }) => client.getContainer(Id));
}

withDocker("Hearth with containers, behind the guard", ({ host, client }) => {
  let guard: RunningGuard;
  beforeAll(async () => {
    guard = await startGuard(host, { HEARTH_GUARD_IMAGES: `${fakeEngineImage} hearth-test/none:1` });
  });
  afterAll(async () => {
    await guard.close();
  });
  const name = (text: string) => `${text}-${randomUUID().slice(0, 8)}`;
  const idsOf = async (model: string) => (await containersOf(client, model)).map(({ id }) => id);

  test("a request starts a container, another model's swaps it, idleness stops it", async ({ start }) => {
    const [a, b] = [name("a"), name("b")];
    const models = [contained(a), { ...contained(b), idleStop: "1s" }];
    const hearth = await start({ models, env: { DOCKER_HOST: guard.host } });
    expect((await hearth.chat(a)).status).toBe(200);
    expect(await idsOf(a)).toHaveLength(1);
    expect((await hearth.chat(b)).status).toBe(200);
    expect(await idsOf(a)).toEqual([]);
    await hearth.untilState(b, "absent");
    expect(await idsOf(b)).toEqual([]);
  });

  test("a stream through a container is whole", async ({ start }) => {
    const a = name("a");
    const hearth = await start({ models: [contained(a)], env: { DOCKER_HOST: guard.host } });
    const stream = await hearth.stream(a, { fake: { tokens: 5 } });
    expect(await stream.ended).toBe("whole");
    expect(stream.words).toBe("word1 word2 word3 word4 word5 ");
  });

  test("a container that runs out of its memory while it loads is a failure that says so", async ({ start }) => {
    const a = name("a");
    const hungry = contained(a, ["--memory-mib", "300", "--load-ms", "60000"], { memoryLimit: "128MiB" });
    const hearth = await start({ models: [hungry], env: { DOCKER_HOST: guard.host } });
    const refused = await hearth.chat(a);
    expect([502, 503]).toContain(refused.status);
    expect(refused.json.error.message).toContain("out of memory");
  });

  test("a container that somebody killed is replaced at the next request", async ({ start }) => {
    const a = name("a");
    const hearth = await start({ models: [contained(a)], env: { DOCKER_HOST: guard.host } });
    await hearth.chat(a);
    const [first] = await containersOf(client, a);
    await first!.kill();
    expect((await hearth.chat(a)).status).toBe(200);
    expect(await idsOf(a)).not.toContain(first!.id);
  });

  test("after kill -9 the container runs on, and the next start adopts it without a second load", async ({ start }) => {
    const a = name("a");
    const models = [contained(a)];
    const first = await start({ models, env: { DOCKER_HOST: guard.host } });
    await first.chat(a);
    const ids = await idsOf(a);
    await first.kill("SIGKILL");
    const second = await start({ models, home: first.home, env: { DOCKER_HOST: guard.host } });
    expect((await second.model(a)).state).toBe("ready");
    expect((await second.chat(a)).status).toBe(200);
    expect(await idsOf(a)).toEqual(ids);
    await second.stop();
    expect(await idsOf(a)).toEqual([]);
  });

  test("a changed model's container is not adopted but replaced", async ({ start }) => {
    const a = name("a");
    const first = await start({ models: [contained(a)], env: { DOCKER_HOST: guard.host } });
    await first.chat(a);
    const ids = await idsOf(a);
    await first.kill("SIGKILL");
    const models = [contained(a, ["--tokens", "2"])];
    const second = await start({ models, home: first.home, env: { DOCKER_HOST: guard.host } });
    expect((await second.chat(a)).json.usage.completion_tokens).toBe(2);
    expect(await idsOf(a)).not.toEqual(ids);
  });

  test("an image that is missing is an answer that names it", async ({ start }) => {
    const a = name("a");
    const models = [contained(a, [], { image: "hearth-test/none:1" })];
    const hearth = await start({ models, env: { DOCKER_HOST: guard.host } });
    const refused = await hearth.chat(a);
    expect([502, 503]).toContain(refused.status);
    expect(refused.json.error.message).toContain("The image hearth-test/none:1 is not on this machine");
  });

  test("what the guard refuses is an answer that names the field", async ({ start }) => {
    const a = name("a");
    const models = [contained(a, [], { mounts: [{ source: "/", target: "/host" }] })];
    const hearth = await start({ models, env: { DOCKER_HOST: guard.host } });
    const refused = await hearth.chat(a);
    expect([502, 503]).toContain(refused.status);
    expect(refused.json.error.message).toContain(
      "HostConfig.Mounts[0].Source is not a path of HEARTH_GUARD_BINDS, nor below one",
    );
  });
});

withDocker("Hearth, when Docker goes away", () => {
  let daemon: DockerDaemon;
  beforeAll(async () => {
    daemon = await startDockerDaemon();
    await buildFakeEngineImage(daemon.client);
  });
  afterAll(() => daemon.close());

  test("its engines are gone with it, and a request in the meantime is held until it is back", async ({ start }) => {
    const hearth = await start({ models: [contained("a")], env: { DOCKER_HOST: daemon.host } });
    expect((await hearth.chat("a")).status).toBe(200);
    const [first] = await containersOf(daemon.client, "a");
    await daemon.end("SIGTERM");
    const held = hearth.chat("a");
    await hearth.until("the wait for Docker", async () => (await hearth.model("a")).phase === "waiting for Docker");
    await daemon.start();
    expect((await held).status).toBe(200);
    const containers = await containersOf(daemon.client, "a");
    expect(containers).toHaveLength(1);
    expect(containers[0]!.id).not.toBe(first!.id);
  });

  test("an engine that outlives it keeps serving; nothing else starts before it can be stopped", {
    timeout: 300_000,
  }, async ({ start }) => {
    await daemon.client.createNetwork({ Name: "engines", Internal: true });
    const env = { DOCKER_HOST: daemon.host, HEARTH_ENGINE_NETWORK: "engines" };
    const hearth = await start({ models: [contained("a"), contained("b")], env });
    await hearth.chat("a");
    await daemon.end("SIGKILL");
    expect((await hearth.chat("a")).status).toBe(200);
    const refused = await hearth.chat("b");
    expect([refused.status, refused.json.error.message]).toEqual([
      503,
      expect.stringContaining("Docker does not answer"),
    ]);
    await daemon.start("--live-restore");
    await hearth.until("b to be served", async () => (await hearth.chat("b")).status === 200, 25);
    expect(await containersOf(daemon.client, "a")).toEqual([]);
  });
});
