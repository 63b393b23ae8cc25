/** The guard's settings, from its environment. */
import { normalize } from "node:path";
import type { Policy } from "./policy.ts";

export type Address = { path: string } | { host: string; port: number };

export interface Settings {
  listen: Address;
  /** Demanded as a bearer token; null on a Unix socket, which has permissions. */
  token: string | null;
  /** The real daemon. */
  docker: Address;
  policy: Policy;
}

/** What each variable is, for `--help` and the docs. */
export const variables = {
  HEARTH_GUARD_LISTEN:
    "Where it listens: unix:///path or tcp://host:port. Default: unix:///run/hearth-guard/docker.sock.",
  HEARTH_GUARD_TOKEN: "Needed with tcp://: callers send it as a bearer token. At least 16 characters.",
  DOCKER_HOST: "The daemon behind it. Default: unix:///var/run/docker.sock.",
  HEARTH_GUARD_IMAGES: "Images that may be pulled and run. `*` is any text without a slash.",
  HEARTH_GUARD_BUILDS: "Of those, the ones that may be built. Default: none.",
  HEARTH_GUARD_BINDS:
    "Absolute paths of the host that engines may mount. What lies below one may be mounted read-only, if the guard sees " +
    "it under the same path and no part of it is a symbolic link. Default: none.",
  HEARTH_GUARD_ENV:
    "Variables that engines may have besides those of vLLM, SGLang, PyTorch and their libraries. Default: none.",
  HEARTH_GUARD_ROOT: 'Images whose engines may be told to run as root (`user: "0"`). Default: none.',
  HEARTH_GUARD_VOLUMES: "Volumes that engines may mount. Default: hearth-*.",
  HEARTH_GUARD_DEVICES: "Devices that engines may use, GPUs aside. Default: none.",
  HEARTH_GUARD_NETWORKS: "Networks that engines join. Default: none, and they are published on 127.0.0.1.",
} as const;

const shortestToken = 16;

/** Throws with every fault in one message. Lists are separated by commas or white space. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const faults: string[] = [];
  const listen = address(
    "HEARTH_GUARD_LISTEN",
    env.HEARTH_GUARD_LISTEN || "unix:///run/hearth-guard/docker.sock",
    faults,
  );
  const docker = address("DOCKER_HOST", env.DOCKER_HOST || "unix:///var/run/docker.sock", faults);
  const token = env.HEARTH_GUARD_TOKEN || null;
  if (listen !== null && "port" in listen && (token?.length ?? 0) < shortestToken) {
    faults.push(`HEARTH_GUARD_TOKEN: needed with a tcp:// address, at least ${shortestToken} characters long.`);
  }
  const policy: Policy = {
    images: list(env.HEARTH_GUARD_IMAGES),
    builds: list(env.HEARTH_GUARD_BUILDS),
    binds: list(env.HEARTH_GUARD_BINDS),
    env: list(env.HEARTH_GUARD_ENV),
    root: list(env.HEARTH_GUARD_ROOT),
    volumes: list(env.HEARTH_GUARD_VOLUMES ?? "hearth-*"),
    devices: list(env.HEARTH_GUARD_DEVICES),
    networks: list(env.HEARTH_GUARD_NETWORKS),
  };
  if (policy.images.length === 0) faults.push("HEARTH_GUARD_IMAGES: name at least one image that engines may run.");
  for (const path of policy.binds) {
    if (!path.startsWith("/") || path !== normalize(path) || path.endsWith("/"))
      faults.push(
        `HEARTH_GUARD_BINDS: ${path}: expected an absolute path without \`.\`, \`..\` or a slash at its end.`,
      );
  }
  if (listen === null || docker === null || faults.length > 0) throw new Error(faults.join("\n"));
  return { listen, docker, token: "port" in listen ? token : null, policy };
}

function list(text = ""): string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== "");
}

function address(name: string, text: string, faults: string[]): Address | null {
  const unix = /^unix:\/\/(\/.+)$/.exec(text);
  if (unix !== null) return { path: unix[1]! };
  const tcp = /^tcp:\/\/(?:\[([0-9a-fA-F:]+)\]|([^:/]+)):(\d{1,5})$/.exec(text);
  if (tcp !== null) return { host: tcp[1] ?? tcp[2]!, port: Number(tcp[3]) };
  faults.push(`${name}: ${text}: expected unix:///path or tcp://host:port.`);
  return null;
}
