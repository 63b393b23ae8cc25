/** A Docker daemon of the tests' own: private socket, data and bridge, and no rule in the machine's firewall. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { OwnedProcess } from "./processes/owned-process.ts";
import { until } from "./until.ts";

export interface DockerDaemon {
  /** `unix:///...`, as DOCKER_HOST has it. */
  readonly host: string;
  readonly client: Docker;
  /** Ends it: `SIGTERM` stops its containers first, as a stop of the service does; after `SIGKILL` they run on. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again, over the same data, with more flags if need be. */
  start(...flags: string[]): Promise<void>;
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
  const children = new Map<string, OwnedProcess>();
  const start = async (...flags: string[]) => {
    children.set("dockerd", launch("dockerd", [...dockerdFlags(folder, bridge), ...flags]));
    await until("the Docker daemon answers", () => answers(client, children));
  };
  const clear = async () => {
    for (const name of ["dockerd", "containerd"]) await children.get(name)?.end();
    run("ip", "link", "delete", bridge);
    // A daemon that was killed leaves some, and the host's network stays mounted once a container has used it.
    for (const point of mountsBelow(folder)) run("umount", "--lazy", point);
    rmSync(folder, { recursive: true, force: true });
  };
  makeBridge(bridge);
  try {
    children.set("containerd", launch("containerd", containerdFlags(folder)));
    await start();
  } catch (error) {
    await clear();
    throw error;
  }
  return {
    host: `unix://${join(folder, "docker.sock")}`,
    client,
    async end(signal) {
      await children.get("dockerd")!.end(signal);
    },
    start,
    async close() {
      if (!children.get("dockerd")!.alive) await start();
      const containers = await client.listContainers({ all: true });
      await Promise.all(containers.map(({ Id }) => client.getContainer(Id).remove({ force: true, v: true })));
      await clear();
    },
  };
}

/** Its own, as Debian's service has it: one that dockerd starts dies with it. */
function containerdFlags(folder: string): string[] {
  const config = join(folder, "containerd.toml");
  writeFileSync(config, 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n');
  const roots = { root: join(folder, "containerd"), state: join(folder, "containerd-state") };
  return flagsOf({ config, address: join(folder, "containerd.sock"), ...roots });
}

function dockerdFlags(folder: string, bridge: string): string[] {
  const config = join(folder, "daemon.json");
  // Without one of its own it would read the machine's.
  writeFileSync(config, "{}");
  return flagsOf({
    host: `unix://${join(folder, "docker.sock")}`,
    containerd: join(folder, "containerd.sock"),
    "config-file": config,
    "data-root": join(folder, "data"),
    "exec-root": join(folder, "exec"),
    pidfile: join(folder, "pid"),
    ...{ bridge, iptables: false, "ip-masq": false, "ip-forward": false },
  });
}

function flagsOf(flags: Record<string, string | boolean>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

/** Whatever is pulled from elsewhere than loopback is refused at once, on every machine. */
const noRegistry = {
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "127.0.0.1,localhost",
};

function launch(program: string, flags: string[]): OwnedProcess {
  return new OwnedProcess(program, flags, { name: program, env: { ...process.env, ...noRegistry, PATH: searched } });
}

async function answers(client: Docker, children: Map<string, OwnedProcess>): Promise<boolean> {
  for (const [program, child] of children) {
    if (!child.alive) throw new Error(`${program} ended at once:\n${child.log.slice(-2000)}`);
  }
  return client.ping().then(
    () => true,
    () => false,
  );
}

/** A bridge with an address that no network of this machine has. */
function makeBridge(name: string): void {
  const [a, b] = randomBytes(2);
  run("ip", "link", "add", name, "type", "bridge");
  run("ip", "address", "add", `10.${a}.${b}.1/24`, "dev", name);
  run("ip", "link", "set", name, "up");
}

/** The innermost first. */
function mountsBelow(folder: string): string[] {
  const points = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  return points.filter((point) => point.startsWith(`${folder}/`)).reverse();
}

function run(program: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", env: { PATH: searched } });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr || error}`);
}
