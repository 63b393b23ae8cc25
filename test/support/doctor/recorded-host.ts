/** Machines as they answered: what commands printed, what files held. */
import type { DaemonFacts } from "../../../src/containers/facts.ts";
import type { DaemonFailure } from "../../../src/containers/failure.ts";
import type { Host, Ran } from "../../../src/doctor/host.ts";

export interface Record {
  /** By the program's name; several answers come one after the other, the last one stays. */
  commands?: { [program: string]: (Partial<Ran> | string)[] | string };
  files?: { [path: string]: string };
  folders?: { [path: string]: number };
  /** Free and total bytes of every disk, or by path. */
  disk?: { [path: string]: [free: number, total: number] };
  /** By URL. */
  http?: { [url: string]: string };
  docker?: DaemonFacts | DaemonFailure;
  images?: string[];
}

export const dockerRecord: DaemonFacts = {
  address: "unix:///var/run/docker.sock",
  version: "28.3.3",
  dataRoot: "/var/lib/docker",
  runtimes: ["io.containerd.runc.v2", "nvidia", "runc"],
  architecture: "arm64",
};

export function recordedHost(record: Record): Host {
  const left = new Map(Object.entries(record.commands ?? {}).map(([name, answers]) => [name, [answers].flat()]));
  return {
    async run([program]) {
      const answers = left.get(program!);
      if (answers === undefined) return { end: "missing", code: null, out: "", err: "" };
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      const ran = typeof answer === "string" ? { out: answer } : answer;
      return { end: "exited", code: 0, out: "", err: "", ...ran };
    },
    readFile: async (path) => record.files?.[path] ?? null,
    async stat(path) {
      const mode = record.folders?.[path];
      if (mode !== undefined) return { folder: true, bytes: 4096, mode };
      const text = record.files?.[path];
      return text === undefined ? null : { folder: false, bytes: Buffer.byteLength(text), mode: 0o644 };
    },
    async disk(path) {
      const found = record.disk?.[path];
      return found === undefined ? null : { freeBytes: found[0], totalBytes: found[1] };
    },
    async get(url) {
      const body = record.http?.[url];
      return body === undefined ? null : { status: 200, body };
    },
    daemon: async () => record.docker ?? dockerRecord,
    async images(names) {
      return new Set(names.filter((name) => record.images?.includes(name)));
    },
  };
}

/** A DGX Spark with 128 GB, as it idles. */
export const spark: Record = {
  commands: {
    "nvidia-smi": "0, NVIDIA GB10, 580.126.09, [N/A], [N/A], [N/A], 3, 208, 41, 11.32\n",
    "nvidia-ctk": "NVIDIA Container Toolkit CLI version 1.18.1\ncommit: efe99418ef87500dbe059cadc9ab418b2815b9d5\n",
  },
  files: {
    "/proc/meminfo": meminfo({ total: 127_600_748, free: 61_234_000, available: 117_000_000, swap: 67_108_860 }),
    "/proc/sys/kernel/osrelease": "6.14.0-1013-nvidia\n",
    "/proc/sys/vm/swappiness": "10\n",
    "/usr/bin/nvidia-container-runtime-hook": "ELF",
  },
};

/** A PC with a card of its own memory. */
export const desktop: Record = {
  commands: {
    "nvidia-smi": "0, NVIDIA GeForce RTX 4090, 580.95.05, 24564, 1021, 23055, 7, 225, 40, 22.10\n",
    "nvidia-ctk": "NVIDIA Container Toolkit CLI version 1.17.8\n",
  },
  files: { "/proc/meminfo": meminfo({ total: 65_636_200, free: 20_000_000, available: 52_000_000, swap: 0 }) },
};

/** kB, as the kernel tells them. */
export function meminfo(kB: {
  total: number;
  available: number;
  free?: number;
  swap?: number;
  swapFree?: number;
}): string {
  const { total, available, free = 0, swap = 0, swapFree = swap } = kB;
  const lines = { MemTotal: total, MemFree: free, MemAvailable: available, SwapTotal: swap, SwapFree: swapFree };
  return Object.entries(lines)
    .map(([name, value]) => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`)
    .join("");
}
