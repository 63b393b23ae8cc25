/** `hearth waker` and `hearth gateway` as processes of their own, with a wire between them that can be cut. */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { stringify } from "yaml";
import { readStats, type StatsEvent, type StatsEventName } from "./fake-engine/stats.ts";
import { freePort } from "./free-port.ts";
import { HearthClient, testKey } from "./hearth-client.ts";
import { type FakeModel, fakeEntry } from "./hearth-server.ts";
import { type Exit, OwnedProcess } from "./processes/owned-process.ts";
import { killNaming } from "./processes/processes-naming.ts";

const bin = fileURLToPath(new URL("../../bin/hearth.mjs", import.meta.url));
const token = "link-token-of-the-test-suite";

export class TwoHalves extends HearthClient {
  readonly home: string;
  readonly #ports: { gateway: number; waker: number; wire: number };
  readonly #wire: Wire;
  /** All that were started, those that are gone included. */
  readonly #processes: OwnedProcess[] = [];
  #gateway: OwnedProcess;
  #waker: OwnedProcess;

  private constructor(home: string, ports: { gateway: number; waker: number; wire: number }, wire: Wire) {
    super(`http://127.0.0.1:${ports.gateway}`);
    this.home = home;
    this.#ports = ports;
    this.#wire = wire;
    this.#waker = this.#spawnWaker();
    this.#gateway = this.#spawn("gateway", ["--waker", `http://127.0.0.1:${ports.wire}`]);
  }

  static async start(models: FakeModel[], config: Record<string, unknown> = {}): Promise<TwoHalves> {
    const home = mkdtempSync(join(tmpdir(), "hearth-halves-"));
    const ports = { gateway: await freePort(), waker: await freePort(), wire: await freePort() };
    const file = {
      listen: `127.0.0.1:${ports.gateway}`,
      memory: { budget: "1GiB", floor: "64MiB" },
      log: { level: "debug" },
      ...config,
      models: models.map((model) => fakeEntry(model, join(home, `${model.id}.stats`))),
    };
    for (const half of ["gateway", "waker"]) mkdirSync(join(home, half));
    writeFileSync(join(home, "hearth.yaml"), stringify(file));
    const halves = new TwoHalves(home, ports, await Wire.open(ports.wire, ports.waker));
    // The gateway listens once it has reached its waker.
    await halves.#gateway.says(/gateway listens on/).catch(async (error) => {
      await halves.stop();
      throw new Error(`${error}\n${halves.log}`);
    });
    return halves;
  }

  /** Of both halves, one process after the other. */
  get log(): string {
    return this.#processes.map(({ name, log }) => `--- ${name}\n${log}`).join("\n");
  }

  stats(model: string, event: StatsEventName): StatsEvent[] {
    return readStats(join(this.home, `${model}.stats`)).filter((entry) => entry.event === event);
  }

  /** Lets a request go on that waits at its gate. */
  async openGate(model: string, tag: string): Promise<void> {
    const origin = this.stats(model, "listen").at(-1)?.origin;
    const { body } = await request(`${origin}/fake/gate/${tag}`, { method: "POST" });
    await body.dump();
  }

  /** Every connection between the halves breaks, and none is let through until `mendWire`. */
  cutWire(): void {
    this.#wire.cut();
  }

  mendWire(): void {
    this.#wire.mend();
  }

  /** Ends the waker and starts another one at once. */
  async restartWaker(signal: NodeJS.Signals): Promise<void> {
    await this.endWaker(signal);
    this.startWaker();
  }

  endWaker(signal: NodeJS.Signals): Promise<Exit> {
    return this.#waker.kill(signal);
  }

  startWaker(): void {
    this.#waker = this.#spawnWaker();
  }

  endGateway(signal: NodeJS.Signals): Promise<Exit> {
    return this.#gateway.kill(signal);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.end("SIGKILL")));
    this.#wire.close();
    await this.disconnect();
    // The waker leaves its engines to the next one; here none comes.
    await killNaming(this.home);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  #spawnWaker(): OwnedProcess {
    return this.#spawn("waker", ["--link", `127.0.0.1:${this.#ports.waker}`]);
  }

  #spawn(half: "gateway" | "waker", options: string[]): OwnedProcess {
    const config = ["--config", join(this.home, "hearth.yaml")];
    const started = new OwnedProcess(process.execPath, [bin, half, ...config, ...options], {
      name: `hearth ${half}`,
      env: { HEARTH_HOME: join(this.home, half), HEARTH_API_KEY: testKey, HEARTH_LINK_TOKEN: token },
    });
    this.#processes.push(started);
    return started;
  }
}

/** A TCP proxy whose connections can be cut. */
class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #whole = true;

  private constructor(server: Server, target: number) {
    this.#server = server;
    server.on("connection", (socket) => {
      if (!this.#whole) return void socket.destroy();
      const onward = connect(target, "127.0.0.1");
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on("error", () => {});
        end.on("close", () => {
          this.#sockets.delete(end);
          socket.destroy();
          onward.destroy();
        });
      }
      socket.pipe(onward).pipe(socket);
    });
  }

  static async open(port: number, target: number): Promise<Wire> {
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    return new Wire(server, target);
  }

  cut(): void {
    this.#whole = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#whole = true;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
