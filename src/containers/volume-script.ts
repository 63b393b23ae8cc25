/** A Python script that works on what an engine's container mounts, in a container of the engine's own image. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Container, ContainerCreateOptions } from "dockerode";
import { containerLabels } from "../domain/container-labels.ts";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { createContainer } from "./create-container.ts";
import { connectTo, type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import { containerLog } from "./logs.ts";

export interface VolumeScript {
  /** What it is for, and on what: two runs of the same one are one run. */
  name: string;
  /** File beside this one. */
  file: string;
  args: string[];
  env?: Record<string, string>;
}

export interface ScriptOptions {
  signal: AbortSignal;
  /** Hears each line that is not empty. */
  hear: (line: string) => void;
  host?: string | undefined;
}

/** It ended with an error; `said` are its last lines. */
export class ScriptFailure extends Error {
  override name = "ScriptFailure";
  readonly said: string;

  constructor(file: string, said: string) {
    super(`${file} failed: ${said}`);
    this.said = said;
  }
}

const keptLines = 5;

/**
 * Runs it to its end. Joins the same run where one goes on: that of a Hearth that was killed. Rejects with a
 * ScriptFailure, a DaemonFailure or the signal's reason; the signal ends the container too.
 */
export async function runInVolume(runtime: ContainerRuntime, script: VolumeScript, options: ScriptOptions) {
  const { signal, hear, host } = options;
  signal.throwIfAborted();
  const daemon = connectTo(host);
  const name = `hearth-weights-${createHash("sha256").update(script.name).digest("hex").slice(0, 12)}`;
  const container = (await running(daemon, name)) ?? (await begin(daemon, name, runtime, script));
  try {
    const said: string[] = [];
    for await (const line of containerLog(daemon, container.id, false, { lines: 1000, follow: true, signal })) {
      if (line.trim() === "") continue;
      said.push(line.trim());
      if (said.length > keptLines) said.shift();
      hear(line.trim());
    }
    signal.throwIfAborted();
    const { State } = await daemon.ask(`look at ${name}`, recordSeconds, () => container.inspect());
    if (State.ExitCode !== 0) throw new ScriptFailure(script.file, said.join("\n"));
  } finally {
    await remove(daemon, container, name);
  }
}

async function begin(daemon: Daemon, name: string, runtime: ContainerRuntime, script: VolumeScript) {
  const container = await createContainer(daemon, name, body(runtime, script), runtime);
  await daemon.ask(`start ${name}`, recordSeconds, () => container.start());
  return container;
}

/** The one that goes on under this name; one that has ended is cleared away. */
async function running(daemon: Daemon, name: string): Promise<Container | null> {
  const container = daemon.client.getContainer(name);
  try {
    const { Id, State } = await daemon.ask(`look for ${name}`, recordSeconds, () => container.inspect());
    if (State.Running) return daemon.client.getContainer(Id);
    await remove(daemon, container, name);
    return null;
  } catch (error) {
    if (error instanceof DaemonFailure && error.kind === "not-found") return null;
    throw error;
  }
}

/** In two calls: a guard in front of the daemon removes nothing by force. */
async function remove(daemon: Daemon, container: Container, name: string): Promise<void> {
  const quietly = (what: string, call: () => Promise<unknown>) =>
    daemon.ask(`${what} ${name}`, recordSeconds, call).catch(() => {});
  await quietly("end", () => container.kill());
  await quietly("remove", () => container.remove());
}

/** As a guard in front of the daemon lets it pass. Its labels make it nobody's engine. */
function body(runtime: ContainerRuntime, { name, file, args, env = {} }: VolumeScript): ContainerCreateOptions {
  const network = process.env.HEARTH_ENGINE_NETWORK;
  return {
    Image: runtime.image,
    Entrypoint: ["python3", "-c", readFileSync(new URL(`./${file}`, import.meta.url), "utf8")],
    Cmd: args,
    Env: Object.entries({ ...hubVariables(runtime.env), ...env }).map(([key, value]) => `${key}=${value}`),
    ...(runtime.user === undefined ? {} : { User: runtime.user }),
    Labels: {
      [containerLabels.instance]: "weights",
      [containerLabels.model]: name,
      [containerLabels.specHash]: "",
      [containerLabels.generation]: "0",
      [containerLabels.port]: "0",
    },
    HostConfig: {
      RestartPolicy: { Name: "no" },
      LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "1" } },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      ...(network ? { NetworkMode: network } : { PortBindings: {} }),
      Ulimits: [],
      Devices: [],
      DeviceRequests: [],
      Mounts: runtime.mounts.map(({ kind, source, target, readOnly }) => ({
        Type: kind,
        Source: source,
        Target: target,
        ReadOnly: readOnly,
      })),
    },
  };
}

/** Where the hub's client keeps what it fetches, and how it is told to fetch. */
function hubVariables(env: Record<string, string>): Record<string, string> {
  const own = Object.entries(env).filter(([name]) => name.startsWith("HF_"));
  return { HF_HOME: "/root/.cache/huggingface", ...Object.fromEntries(own) };
}
