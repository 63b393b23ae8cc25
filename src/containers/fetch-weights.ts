/** Weights ahead of the first start: a container of the engine's own image fetches them into the engines' volume. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Container, ContainerCreateOptions } from "dockerode";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { createContainer } from "./create-container.ts";
import { connectTo, type Daemon, recordSeconds } from "./daemon.ts";
import { containerLog } from "./logs.ts";

export interface HubSnapshot {
  /** `owner/name`. */
  repo: string;
  /** Commit; null = the default branch. */
  revision: string | null;
  /** For repositories that want a login. */
  token: string | null;
}

export interface FetchOptions {
  signal: AbortSignal;
  hear(phase: string, percent: number | null): void;
  host?: string | undefined;
}

const keptLines = 5;

/** Resolves when everything is there. Rejects with the last lines of what it said, or the signal's reason. */
export async function fetchIntoVolume(
  runtime: ContainerRuntime,
  snapshot: HubSnapshot,
  options: FetchOptions,
): Promise<void> {
  const { signal, host } = options;
  signal.throwIfAborted();
  const daemon = connectTo(host);
  const name = `hearth-fetch-${randomBytes(4).toString("hex")}`;
  const container = await createContainer(daemon, name, body(runtime, snapshot), runtime);
  try {
    await daemon.ask(`start ${name}`, recordSeconds, () => container.start());
    const said = await listen(daemon, container, options);
    signal.throwIfAborted();
    const { State } = await daemon.ask(`look at ${name}`, recordSeconds, () => container.inspect());
    if (State.ExitCode !== 0) throw new Error(failure(snapshot, said));
  } finally {
    await daemon.ask(`remove ${name}`, recordSeconds, () => container.remove({ force: true })).catch(() => {});
  }
}

function body(
  { image, mounts, env }: ContainerRuntime,
  { repo, revision, token }: HubSnapshot,
): ContainerCreateOptions {
  const script = readFileSync(new URL("./fetch_weights.py", import.meta.url), "utf8");
  return {
    Image: image,
    Entrypoint: ["python3", "-c", script],
    Cmd: [repo, revision ?? ""],
    Env: [`HF_HOME=${env.HF_HOME ?? "/root/.cache/huggingface"}`, ...(token === null ? [] : [`HF_TOKEN=${token}`])],
    HostConfig: {
      RestartPolicy: { Name: "no" },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      Mounts: mounts.map(({ kind, source, target, readOnly }) => ({
        Type: kind,
        Source: source,
        Target: target,
        ReadOnly: readOnly,
      })),
    },
  };
}

/** Follows it to its end; its last lines. */
async function listen(daemon: Daemon, { id }: Container, { signal, hear }: FetchOptions): Promise<string[]> {
  const said: string[] = [];
  for await (const line of containerLog(daemon, id, false, { lines: 1000, follow: true, signal })) {
    const percent = /^percent (\d+)$/.exec(line)?.[1];
    if (percent !== undefined) hear("fetching weights", Number(percent));
    else if (line.trim() !== "") said.push(line.trim());
    if (said.length > keptLines) said.shift();
  }
  return said;
}

function failure({ repo, token }: HubSnapshot, said: string[]): string {
  const text = said.join("\n");
  const wantsLogin = /gated|401|403|unauthorized/i.test(text);
  const next = wantsLogin
    ? `${token === null ? "Set HF_TOKEN to a token of an account" : "The token's account must be one"} that may read https://huggingface.co/${repo}.`
    : "Run this again: it goes on where it stopped.";
  return `${repo} could not be fetched. ${next} Its last lines:\n${text}`;
}
