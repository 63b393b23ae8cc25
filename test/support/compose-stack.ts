/** The stack of deploy/docker-compose.yml on a daemon of the tests' own, under docker-compose 1.29 as Debian has it. */
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringify } from "yaml";
import type { HeldLock } from "../../src/file-lock/hold-lock.ts";
import { turnAt } from "./docker-turn.ts";
import { freePort } from "./free-port.ts";
import { HearthClient, testKey } from "./hearth-client.ts";
import { hearthImage } from "./hearth-image.ts";
import { until } from "./until.ts";

const deploy = fileURLToPath(new URL("../../deploy", import.meta.url));

export class ComposeStack extends HearthClient {
  readonly #env: NodeJS.ProcessEnv;
  readonly #config: string;

  readonly #turn: HeldLock;

  private constructor(port: number, config: string, turn: HeldLock, env: NodeJS.ProcessEnv) {
    super(`http://127.0.0.1:${port}`);
    this.#config = config;
    this.#turn = turn;
    this.#env = env;
  }

  /** `host`: the daemon, as DOCKER_HOST has it. Resolves when the gateway is ready. */
  static async up(host: string, hearthYaml: object): Promise<ComposeStack> {
    const port = await freePort();
    const config = mkdtempSync(join(tmpdir(), "hearth-stack-"));
    chmodSync(config, 0o755);
    writeFileSync(join(config, "hearth.yaml"), stringify(hearthYaml));
    const turn = await turnAt(host, "stack");
    const stack = new ComposeStack(port, config, turn, {
      PATH: `/usr/bin:${process.env.PATH}`,
      HOME: config,
      DOCKER_HOST: host,
      DOCKER_SOCKET: host.slice("unix://".length),
      DOCKER_GID: String(statSync(host.slice("unix://".length)).gid),
      HEARTH_IMAGE: hearthImage,
      HEARTH_API_KEY: testKey,
      HEARTH_LINK_TOKEN: "link-token-of-the-test-suite",
      HEARTH_ENGINE_KEY: "engine-key-of-the-test-suite",
      HEARTH_PUBLISH: `127.0.0.1:${port}`,
      HEARTH_CONFIG_DIR: config,
      HEARTH_GUARD_IMAGES: "hearth-test/*",
    });
    try {
      await stack.compose("up", "-d", "--no-build");
      await until("ready", () => stack.#isReady(), { seconds: 60, everyMs: 200 });
    } catch (error) {
      const log = await stack.compose("logs", "--no-color").catch(String);
      await stack.down();
      throw new Error(`${String(error)}\n${log.slice(-6000)}`);
    }
    return stack;
  }

  /** Runs `docker-compose` on the stack; resolves with all that it printed. Rejects with its own words. */
  async compose(...args: string[]): Promise<string> {
    const { stdout, stderr } = await this.#run(args);
    return stdout + stderr;
  }

  /** The same without what it says of its own work: for a command whose answer is a file. */
  async answer(...args: string[]): Promise<string> {
    return (await this.#run(args)).stdout;
  }

  async #run(args: string[]): Promise<{ stdout: string; stderr: string }> {
    const files = ["--project-directory", deploy, "--file", `${deploy}/docker-compose.yml`];
    try {
      return await promisify(execFile)("docker-compose", ["--project-name", "hearth-test", ...files, ...args], {
        env: this.#env,
      });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`docker-compose ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }

  async down(): Promise<void> {
    await this.compose("down", "--volumes", "--timeout", "5");
    await this.disconnect();
    await this.#turn.release();
    rmSync(this.#config, { recursive: true });
  }

  async #isReady(): Promise<boolean> {
    const answer = await this.get("/readyz", { key: null }).catch(() => null);
    return answer?.status === 200;
  }
}

/** Why there is no stack here, for people; null = there is. */
export async function composeIsMissing(): Promise<string | null> {
  const found = await promisify(execFile)("docker-compose", ["version", "--short"], {
    env: { ...process.env, PATH: `/usr/bin:${process.env.PATH}` },
  }).catch(() => null);
  return found === null ? "not installed: docker-compose (Debian: apt install docker-compose)" : null;
}
