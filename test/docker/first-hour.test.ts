/** The README's two commands on a Spark that is none: its nvidia-smi, its memory, a real Docker and Compose v2. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import type { HeldLock } from "../../src/file-lock/hold-lock.ts";
import { findComposeV2 } from "../support/compose-v2.ts";
import { turnAt } from "../support/docker-turn.ts";
import { spark } from "../support/doctor/recorded-host.ts";
import { freePort } from "../support/free-port.ts";
import { HearthClient } from "../support/hearth-client.ts";
import { hearthBases } from "../support/hearth-image.ts";
import { until } from "../support/until.ts";
import { withDocker } from "./with-docker.ts";

/** What the image is built of, and what stands beside it in a clone. */
const cloned = [
  ".dockerignore",
  ".npmrc",
  "package.json",
  "package-lock.json",
  "LICENSE",
  "bin",
  "catalog",
  "src",
  "deploy",
];

/** A developer may have set this very folder up. */
const isShipped = (path: string) =>
  !/^deploy\/(\.env|\.hearth-setup\.json|docker-compose\.override\.yml|encodings|config\/hearth\.yaml)$/.test(path);

const compose = await findComposeV2();

if (typeof compose === "string") it("the first hour", ({ skip }) => skip(compose));
else
  withDocker("the first hour", ({ host }) => {
    const clone = mkdtempSync(join(tmpdir(), "hearth-first-"));
    const deploy = join(clone, "deploy");
    const simulated = join(clone, "simulated");
    let env: NodeJS.ProcessEnv;
    let turn: HeldLock;
    let port: number;

    beforeAll(async () => {
      const args = await hearthBases(host);
      turn = await turnAt(host, "stack");
      port = await freePort();
      for (const path of cloned) cpSync(path, join(clone, path), { recursive: true, filter: isShipped });
      mkdirSync(simulated);
      const gpu = spark.commands!["nvidia-smi"] as string;
      writeFileSync(join(simulated, "nvidia-smi"), `#!/bin/sh\necho '${gpu.trim()}'\n`, { mode: 0o755 });
      writeFileSync(join(simulated, "meminfo"), spark.files!["/proc/meminfo"]!);
      const services = {
        guard: { build: { args } },
        waker: { volumes: [`${simulated}/meminfo:/proc/meminfo:ro`] },
      };
      writeFileSync(join(simulated, "spark.yml"), stringify({ services }));
      writeFileSync(join(deploy, ".env"), `HEARTH_PUBLISH=127.0.0.1:${port}\n`);
      env = {
        ...compose.env,
        HOME: clone,
        PATH: `${simulated}:${process.env.PATH}`,
        DOCKER_HOST: host,
        COMPOSE_PROJECT_NAME: "hearth-first",
        COMPOSE_FILE: `docker-compose.yml:${simulated}/spark.yml`,
      };
    });
    afterAll(async () => {
      await sh("docker compose down --volumes --timeout 2");
      await turn.release();
      rmSync(clone, { recursive: true });
    });

    /** In deploy/, where the kernel tells a Spark's memory. Both streams, and the exit code. */
    async function sh(command: string): Promise<{ code: number; out: string; err: string }> {
      const script = `mount --bind "$1" /proc/meminfo && ${command}`;
      try {
        const options = { cwd: deploy, env };
        const words = ["--mount", "sh", "-c", script, "sh", `${simulated}/meminfo`];
        const { stdout, stderr } = await promisify(execFile)("unshare", words, options);
        return { code: 0, out: stdout, err: stderr };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, out: stdout, err: stderr };
      }
    }

    const hearth = (words: string) => sh(`'${process.execPath}' '${process.cwd()}/bin/hearth.mjs' ${words}`);

    it("two commands end at a stack that is up, and the first question fails for want of the image alone", async () => {
      const setup = await hearth("setup --dir .");
      expect(setup.out).toMatch(/^failed +images +Could not pull vllm\/vllm-openai:/m);
      expect(setup.out).toMatch(/^Still missing: images\. The first question tries again\.$/m);
      expect(setup.out).toMatch(/^Model +qwen\S+: /m);
      expect(setup.out).toContain(`Console    http://127.0.0.1:${port}\n`);

      const up = await sh("docker compose up --detach --quiet-pull");
      expect([up.code, up.err]).toEqual([0, expect.not.stringMatching(/obsolete|pull access denied|Pulling/)]);
      const client = new HearthClient(`http://127.0.0.1:${port}`);
      await until("ready", async () => (await client.get("/readyz", { key: null }).catch(() => null))?.status === 200);

      const line = setup.out.slice(setup.out.indexOf("  curl -N")).trim();
      for (const _ of ["first", "again, at once"]) {
        expect((await sh(line)).out).toMatch(
          /Could not pull vllm\/vllm-openai:.* Check that this machine reaches docker\.io/,
        );
      }
      const key = /^HEARTH_API_KEY=(.*)$/m.exec(readFileSync(join(deploy, ".env"), "utf8"))![1]!;
      const { models } = (await client.get("/hearth/v1/state", { key })).json as {
        models: { id: string; state: string; failure: { until: number | null } | null }[];
      };
      const asked = models.find(({ id }) => line.includes(`"model":"${id}"`))!;
      expect([asked.state, asked.failure?.until]).toEqual(["absent", null]);
      await client.disconnect();
    });

    it("the guard has refused nothing of its own waker's", async () => {
      const { out } = await sh("docker compose logs --no-color guard");
      expect(out).toContain("guarding Docker");
      expect(out).not.toContain("refused:");
    });

    it("the same command again changes nothing, and nobody asks a registry for Hearth's own image", async () => {
      const containers = () => sh("docker compose ps --quiet");
      const before = await containers();
      expect((await sh("docker compose up --detach")).code).toBe(0);
      expect(await containers()).toEqual(before);
      expect((await sh("docker compose pull")).code).toBe(0);
    });

    it("takes every file of the folder, without a word", async () => {
      const files = "-f docker-compose.yml -f page-cache.yml";
      expect(await sh(`docker compose ${files} config --quiet`)).toEqual({ code: 0, out: "", err: "" });
    });

    it("doctor finds Docker and Compose, and the machine a Spark", async () => {
      const { out } = await hearth("doctor --dir . --json");
      const { checks } = JSON.parse(out) as { checks: { check: string; status: string; says: string }[] };
      const said = (name: string) => checks.find(({ check }) => check === name);
      expect(said("docker")?.status).toBe("pass");
      expect(said("compose")).toMatchObject({
        status: "pass",
        says: expect.stringMatching(/^docker compose 2|^docker compose v?\d/),
      });
      expect(said("gpu")?.says).toContain("NVIDIA GB10 (shares the host's memory)");
    });
  });
