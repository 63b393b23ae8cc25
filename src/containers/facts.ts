/** What a daemon says of itself, for people who look for a fault. */
import { machine } from "node:os";
import { connectTo, type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure, failureOf } from "./failure.ts";

export interface DaemonFacts {
  /** `unix:///var/run/docker.sock`. */
  address: string;
  version: string;
  /** Where images, containers and volumes are, on the daemon's host. */
  dataRoot: string;
  /** Names: `runc`, `nvidia`. Empty where the guard in front of it does not say. */
  runtimes: string[];
  /** Of its host's processors, as images name it: `amd64`, `arm64`. */
  architecture: string;
}

/** Default of `host`: DOCKER_HOST, then Docker's usual socket. A failure says what to do. */
export async function daemonFacts(host?: string): Promise<DaemonFacts | DaemonFailure> {
  return asked(host, async ({ client, address, ask }) => {
    const info = (await ask("ask Docker for its state", recordSeconds, () => client.info())) as DaemonInfo;
    const { ServerVersion: version = "unknown", DockerRootDir: dataRoot = "/var/lib/docker", Runtimes } = info;
    const architecture = imageArchitecture(info.Architecture ?? machine());
    return { address, version, dataRoot, runtimes: Object.keys(Runtimes ?? {}), architecture };
  });
}

/** As `DaemonFacts` has it. Rejects with a DaemonFailure. */
export async function architectureOf({ client, ask }: Daemon): Promise<string> {
  const info = (await ask("ask Docker for its state", recordSeconds, () => client.info())) as DaemonInfo;
  return imageArchitecture(info.Architecture ?? machine());
}

/** Of these images the ones that the daemon has, whoever made them. */
export async function presentImages(names: readonly string[], host?: string): Promise<Set<string> | DaemonFailure> {
  const sizes = await imageSizes(names, host);
  return sizes instanceof DaemonFailure ? sizes : new Set(sizes.keys());
}

/** Bytes on disk of those that the daemon has; layers that two of them share count in both. */
export async function imageSizes(
  names: readonly string[],
  host?: string,
): Promise<Map<string, number> | DaemonFailure> {
  return asked(host, async ({ client, ask }) => {
    const sizes = new Map<string, number>();
    await Promise.all(
      names.map(async (name) => {
        try {
          const { Size } = await ask(`look for image ${name}`, recordSeconds, () => client.getImage(name).inspect());
          sizes.set(name, Size);
        } catch (error) {
          if (!(error instanceof DaemonFailure && error.kind === "not-found")) throw error;
        }
      }),
    );
    return sizes;
  });
}

/** The part of `/info` that we read. */
interface DaemonInfo {
  ServerVersion?: string;
  DockerRootDir?: string;
  Runtimes?: Record<string, unknown>;
  /** As the kernel has it: `x86_64`. */
  Architecture?: string;
}

const imageWords: Record<string, string> = { x86_64: "amd64", aarch64: "arm64" };

function imageArchitecture(kernelWord: string): string {
  return imageWords[kernelWord] ?? kernelWord;
}

async function asked<T>(
  host: string | undefined,
  question: (daemon: Daemon) => Promise<T>,
): Promise<T | DaemonFailure> {
  try {
    return await question(connectTo(host));
  } catch (error) {
    return failureOf(error, "ask Docker", host ?? process.env.DOCKER_HOST ?? "its usual socket");
  }
}
