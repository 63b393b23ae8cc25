import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ComposeStack, composeIsMissing } from "../support/compose-stack.ts";
import { fakeEngineImage } from "../support/docker-image.ts";
import { buildHearthImage } from "../support/hearth-image.ts";
import { withDocker } from "./with-docker.ts";

const missing = await composeIsMissing();

function contained(id: string, flags: string[] = []): object {
  const command = ["--host", "0.0.0.0", "--port", "{port}", "--model", "{model}", ...flags];
  const runtime = { kind: "container", image: fakeEngineImage, imageSource: { kind: "local" }, gpu: "none", command };
  return { id, memory: "600MiB", context: 8192, loadTime: "2s", concurrency: 4, runtime };
}

const config = {
  log: { level: "debug" },
  memory: { budget: "1GiB", floor: "64MiB" },
  policy: { eagerness: "eager" },
  models: [contained("a"), contained("b")],
};

if (missing !== null) it("the compose stack", ({ skip }) => skip(missing));
else
  withDocker("the compose stack", ({ host, client }) => {
    let stack: ComposeStack;
    beforeAll(async () => {
      await buildHearthImage(host);
      stack = await ComposeStack.up(host, config);
    }, 300_000);
    afterAll(async () => {
      await stack?.down();
      expect(await enginesOf(client)).toEqual([]);
    }, 60_000);

    const gated = { fake: { tokens: 4, fate: "gate", after: 2, tag: "long" } };
    const inspect = async (service: string) => {
      const [found] = await client.listContainers({
        all: true,
        filters: { label: [`com.docker.compose.service=${service}`] },
      });
      return client.getContainer(found!.Id).inspect();
    };

    it("starts engines on demand, and swaps them", async () => {
      expect((await stack.chat("a")).status).toBe(200);
      expect((await stack.chat("b")).status).toBe(200);
      await stack.untilState("a", "absent");
      // It has ended before the other began; Docker may take a moment longer to forget it.
      await expect.poll(() => enginesOf(client)).toEqual(["b"]);
    });

    it("gives no container more than it needs", async () => {
      for (const service of ["gateway", "waker", "guard"]) {
        const { HostConfig, Config, Mounts } = await inspect(service);
        expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ["ALL"], Privileged: false });
        expect(HostConfig.SecurityOpt).toContain("no-new-privileges:true");
        expect(Config.User).toBe("10001:10001");
        const socket = Mounts.some(({ Destination }) => Destination === "/var/run/docker.sock");
        expect([service, socket]).toEqual([service, service === "guard"]);
      }
      expect((await inspect("guard")).HostConfig.NetworkMode).toBe("none");
    });

    it("keeps engines out of reach of everybody but gateway and waker", async () => {
      await stack.chat("a");
      const [engine] = await client.listContainers({ filters: { label: ["hearth.model=a"] } });
      expect(engine!.Ports.filter(({ PublicPort }) => PublicPort !== undefined)).toEqual([]);
    });

    it("lets nobody on the engines' network reach the link's port", async () => {
      const { NetworkSettings } = await inspect("waker");
      const addresses = Object.entries(NetworkSettings.Networks);
      const reached = await Promise.all(
        addresses.map(async ([name, { IPAddress }]) => ({
          network: name.replace(/^.*[_-]/, ""),
          open: await new Promise<boolean>((resolve) => {
            const socket = connect(8010, IPAddress, () => resolve(true));
            socket.on("error", () => resolve(false));
            socket.on("close", () => socket.destroy());
          }),
        })),
      );
      expect(reached.toSorted((a, b) => a.network.localeCompare(b.network))).toEqual([
        { network: "engines", open: false },
        { network: "link", open: true },
      ]);
    });

    it("leaves a stream alone while the waker is killed, and the next waker adopts its engine", async () => {
      const stream = await stack.stream("a", gated);
      await stream.until("two words", ({ words }) => words.includes("word2"));
      const before = await engineIds(client, "a");
      await stack.compose("kill", "waker");
      await stack.compose("up", "-d", "--no-build", "waker");
      await stack.until("the lease is known again", async () => (await stack.model("a")).running === 1, 30);
      const engines = await engineIds(client, "a");
      expect(engines).toEqual(before);
      let over = false;
      void stream.ended.then(() => {
        over = true;
      });
      await stack.until("the end of the stream", async () => {
        openGate(host, engines);
        return over;
      });
      expect(await stream.ended).toBe("whole");
    });

    it("is healthy by its own checks", async () => {
      for (const service of ["gateway", "waker", "guard"]) {
        await stack.until(
          `${service} is healthy`,
          async () => (await inspect(service)).State.Health?.Status === "healthy",
          40,
        );
      }
    });

    it("commands inside the gateway need no key", async () => {
      const hearth = ["/opt/hearth/node_modules/.bin/node", "/opt/hearth/bin/hearth.mjs"];
      expect(await stack.compose("exec", "-T", "gateway", ...hearth, "ps")).toMatch(/MODEL +STATE/i);
    });

    describe("with containers made ahead by Compose", () => {
      let folder: string;
      let models: string[];
      let made: Record<string, string>;
      let before: string[];
      const startTimes = async () => {
        const services = ["gateway", "waker", "guard"];
        return Promise.all(services.map(async (service) => (await inspect(service)).State.StartedAt));
      };
      const idsOf = async (model: string) => {
        const label = [`hearth.model=${model}`];
        return (await client.listContainers({ all: true, filters: { label } })).map(({ Id }) => Id);
      };
      beforeAll(async () => {
        for (const model of ["a", "b"]) {
          await stack.post(`/hearth/v1/models/${model}/stop`);
          await stack.untilState(model, "absent");
        }
        folder = mkdtempSync(join(tmpdir(), "hearth-models-"));
        writeFileSync(join(folder, "models.yml"), await stack.answer("run", "--rm", "-T", "waker", "compose"));
        models = ["--file", join(folder, "models.yml"), "--profile", "models"];
        before = await startTimes();
        await stack.compose(...models, "up", "--no-start", "--no-build");
        const [[a], [b]] = [await idsOf("a"), await idsOf("b")];
        made = { a: a!, b: b! };
      }, 120_000);
      afterAll(async () => {
        await stack.compose(...models, "rm", "--stop", "--force", "model-a", "model-b");
        rmSync(folder, { recursive: true });
      }, 60_000);

      it("Compose finds nothing wrong with the file, starts none of them, and leaves the stack alone", async () => {
        expect(await stack.compose(...models, "config")).toMatch(/model-a:.*model-b:/s);
        expect(await enginesOf(client)).toEqual([]);
        expect(await startTimes()).toEqual(before);
      });

      it("a request starts the one, a request for another swaps it, and both stay", async () => {
        for (const model of ["a", "b", "a"]) {
          expect((await stack.chat(model)).status).toBe(200);
          await stack.until("the swap", async () => (await enginesOf(client)).join() === model);
          expect(await engineIds(client, model)).toEqual([made[model]]);
        }
        expect([await idsOf("a"), await idsOf("b")]).toEqual([[made.a], [made.b]]);
      });

      it("the next waker adopts the one that runs", async () => {
        await stack.chat("a");
        await stack.compose("kill", "waker");
        await stack.compose("up", "-d", "--no-build", "waker");
        await stack.until("a is known again", async () => (await stack.model("a")).state === "ready", 30);
        expect((await stack.chat("a")).status).toBe(200);
        expect(await idsOf("a")).toEqual([made.a]);
      });

      it("Compose sees no reason to make them again", async () => {
        await stack.compose(...models, "up", "--no-start", "--no-build");
        expect([await idsOf("a"), await idsOf("b")]).toEqual([[made.a], [made.b]]);
      });
    });
  });

async function engineIds(client: Docker, model: string): Promise<string[]> {
  const found = await client.listContainers({ filters: { label: [`hearth.model=${model}`] } });
  return found.map(({ Id }) => Id);
}

async function enginesOf(client: Docker): Promise<string[]> {
  const found = await client.listContainers({ filters: { label: ["hearth.model"] } });
  return found.map(({ Labels }) => Labels["hearth.model"]!);
}

/** The engine is reached from inside alone, so it is told from inside. */
function openGate(host: string, [engine]: string[]): void {
  const tell = `fetch("http://127.0.0.1:8000/fake/gate/long", { method: "POST" })`;
  execFileSync("/usr/bin/docker", ["exec", engine!, "/bin/node", "-e", tell], { env: { DOCKER_HOST: host } });
}
