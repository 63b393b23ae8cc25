/** A Docker daemon of the tests' own: private socket, data and bridge, and no rule in the machine's firewall. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { until } from "./until.ts";

export interface DockerDaemon {
  /** `unix:///...`, as DOCKER_HOST has it. */
  readonly host: string;
  readonly client: Docker;
  /** Ends it: `SIGTERM` stops its containers first, as a stop of the service does; after `SIGKILL` they run on. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again, over the same data. */
  start(): Promise<void>;
  /** Removes every container, ends it and removes what it kept. */
  close(): Promise<void>;
}

const programs = ["dockerd", "containerd", "runc", "ip"];
const searched = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Why no daemon can run here, for people; null = it can. */
export function dockerIsMissing(): string | null {
  if (process.platform !== "linux") return "a Docker daemon of the tests' own needs Linux";
  if (process.getuid?.() !== 0) return "a Docker daemon of the tests' own needs root";
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0) return `not installed: ${missing.join(", ")} (Debian: apt install docker.io iproute2)`;
  return null;
}

function isInstalled(program: string): boolean {
  return searched.split(":").some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts a daemon with no image and no container. Rejects with its log when it does not come up. */
export async function startDockerDaemon(): Promise<DockerDaemon> {
  const folder = mkdtempSync(join(tmpdir(), "hearth-docker-"));
  const bridge = `hearth${randomBytes(4).toString("hex")}`;
  const client = new Docker({ socketPath: join(folder, "docker.sock") });
  const clear = () => {
    run("ip", "link", "delete", bridge);
    rmSync(folder, { recursive: true, force: true });
  };
  makeBridge(bridge);
  let child = await startDaemon(folder, bridge, client).catch((error) => {
    clear();
    throw error;
  });
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    host: `unix://${join(folder, "docker.sock")}`,
    client,
    end,
    async start() {
      child = await startDaemon(folder, bridge, client);
    },
    async close() {
      const containers = await client.listContainers({ all: true });
      await Promise.all(containers.map(({ Id }) => client.getContainer(Id).remove({ force: true, v: true })));
      await end("SIGTERM");
      clear();
    },
  };
}

async function startDaemon(folder: string, bridge: string, client: Docker): Promise<ChildProcess> {
  const config = join(folder, "daemon.json");
  // Without one of its own it would read the machine's.
  writeFileSync(config, "{}");
  const paths = { host: `unix://${join(folder, "docker.sock")}`, "config-file": config };
  const roots = { "data-root": join(folder, "data"), "exec-root": join(folder, "exec"), pidfile: join(folder, "pid") };
  const network = { bridge, iptables: false, "ip-masq": false, "ip-forward": false };
  const flags = Object.entries({ ...paths, ...roots, ...network }).map(([name, value]) => `--${name}=${value}`);
  const log = join(folder, "log");
  const output = openSync(log, "a");
  const env = { ...process.env, PATH: searched };
  const child = spawn("dockerd", flags, { stdio: ["ignore", output, output], env });
  await until("the Docker daemon answers", async () => {
    if (child.exitCode !== null) throw new Error(`dockerd ended at once:\n${readFileSync(log, "utf8").slice(-2000)}`);
    return client.ping().then(
      () => true,
      () => false,
    );
  });
  return child;
}

/** A bridge with an address that no network of this machine has. */
function makeBridge(name: string): void {
  const [a, b] = randomBytes(2);
  run("ip", "link", "add", name, "type", "bridge");
  run("ip", "address", "add", `10.${a}.${b}.1/24`, "dev", name);
  run("ip", "link", "set", name, "up");
}

function run(program: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", env: { PATH: searched } });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr || error}`);
}
