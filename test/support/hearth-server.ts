import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { stringify } from "yaml";
import { readStats, type StatsEvent, type StatsEventName } from "./fake-engine/stats.ts";
import { freePort } from "./free-port.ts";
import { HearthClient, testKey } from "./hearth-client.ts";
import { type Exit, OwnedProcess } from "./processes/owned-process.ts";
import { killNaming, type ProcessInfo, processesNaming } from "./processes/processes-naming.ts";
import { until } from "./until.ts";

const bin = fileURLToPath(new URL("../../bin/hearth.mjs", import.meta.url));
const fakeEngine = fileURLToPath(new URL("fake-engine.ts", import.meta.url));

/** A model on the fake engine: `engine` are its flags, the rest stands in `hearth.yaml` as it is. */
export interface FakeModel {
  id: string;
  engine?: string[];
  env?: Record<string, string>;
  runtime?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface HearthOptions {
  /** Keys of `hearth.yaml`; listen, memory and models have defaults that suit tests. */
  config?: Record<string, unknown>;
  /** An id: a model of the catalog. */
  models?: (FakeModel | string)[];
  env?: Record<string, string>;
  /** A folder of an earlier server, to come back to what it left behind. */
  home?: string;
}

/** One real `hearth serve` with a folder and a port of its own. */
export class HearthServer extends HearthClient {
  readonly home: string;
  readonly port: number;
  readonly #process: OwnedProcess;
  #options: HearthOptions;

  private constructor(home: string, port: number, options: HearthOptions) {
    super(`http://127.0.0.1:${port}`);
    this.home = home;
    this.port = port;
    this.#options = options;
    this.writeConfig(options);
    this.#process = new OwnedProcess(process.execPath, [bin, "serve", "--config", this.configFile], {
      name: "hearth serve",
      cwd: home,
      env: { ...cleanEnvironment(), HEARTH_HOME: join(home, "home"), HEARTH_API_KEY: testKey, ...options.env },
    });
  }

  /** Resolves when it is ready, or has ended (see `exited`) without ever being so. */
  static async start(options: HearthOptions = {}): Promise<HearthServer> {
    const home = options.home ?? mkdtempSync(join(tmpdir(), "hearth-e2e-"));
    mkdirSync(join(home, "home"), { recursive: true });
    const server = new HearthServer(home, await freePort(), options);
    await server.#process.says(/^ {2}API +http/m).catch(async (error) => {
      if (!server.#process.alive) return;
      await server.#process.end("SIGKILL");
      throw error;
    });
    return server;
  }

  get log(): string {
    return this.#process.log;
  }

  get exited(): Promise<Exit> {
    return this.#process.exited;
  }

  get pid(): number {
    return this.#process.pid;
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  get configFile(): string {
    return join(this.home, "hearth.yaml");
  }

  /** Writes `hearth.yaml` anew; a running server applies it. */
  writeConfig(options: HearthOptions): void {
    this.#options = options;
    const { models = [], config = {} } = options;
    const file = {
      listen: `127.0.0.1:${this.port}`,
      memory: { budget: "1GiB", floor: "64MiB" },
      log: { level: "debug" },
      ...config,
      models: models.map((model) => (typeof model === "string" ? model : fakeEntry(model, this.statsFile(model.id)))),
    };
    writeFileSync(this.configFile, stringify(file));
  }

  /** Writes the models of `options` over those that are there, and keeps the rest of the configuration. */
  writeModels(models: FakeModel[]): void {
    this.writeConfig({ ...this.#options, models });
  }

  statsFile(model: string): string {
    return join(this.home, `${model.replaceAll("/", "_")}.stats`);
  }

  /** What happened to a model's fake engines, over all their runs. */
  stats(model: string, event?: StatsEventName, tag?: string): StatsEvent[] {
    return readStats(this.statsFile(model)).filter(
      (entry) => (event === undefined || entry.event === event) && (tag === undefined || entry.tag === tag),
    );
  }

  untilStats(model: string, event: StatsEventName, tag?: string, count = 1): Promise<StatsEvent> {
    return until(`${count}x ${event} of ${model} ${tag ?? ""}`, () => this.stats(model, event, tag)[count - 1]);
  }

  /** Lets a request go on that waits at its gate. */
  async openGate(model: string, tag: string): Promise<void> {
    await until(`gate ${tag} of ${model}`, async () => {
      const origin = this.stats(model, "listen").at(-1)?.origin;
      if (!origin) return false;
      const { statusCode, body } = await request(`${origin}/fake/gate/${tag}`, { method: "POST" });
      await body.dump();
      return statusCode === 200;
    });
  }

  kill(signal: NodeJS.Signals): Promise<Exit> {
    return this.#process.kill(signal);
  }

  /** Everything that runs on behalf of this folder, the server itself excluded. */
  leftovers(): ProcessInfo[] {
    return processesNaming(this.home).filter(({ pid }) => pid !== this.pid);
  }

  /** Ends it in the orderly way; says what was not orderly about it. */
  async stop(): Promise<string[]> {
    // Else it would wait for their answers.
    await this.disconnect();
    const obeyed = await this.#process.end();
    return obeyed ? [] : ["hearth did not end after SIGTERM"];
  }

  /** Kills what is left of a stopped server and removes its folder; says what was left. */
  async sweep(): Promise<string[]> {
    const left = this.leftovers();
    await killNaming(this.home);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
    return left.map(({ pid, command }) => `still running: ${pid} ${command}`);
  }
}

export function fakeEntry({ engine = [], env = {}, runtime = {}, ...rest }: FakeModel, stats: string): object {
  const command = [process.execPath, fakeEngine, "--port", "{port}", "--model", "{model}", "--stats", stats, ...engine];
  return {
    memory: "300MiB",
    context: 8192,
    loadTime: "1s",
    concurrency: 8,
    ...rest,
    runtime: { kind: "process", command, env, ...runtime },
  };
}

/** What this test run has, without anything that would configure Hearth. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("HEARTH_") && name !== "VLLM_API_KEY"),
  );
}
