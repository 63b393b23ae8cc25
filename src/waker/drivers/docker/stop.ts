import { setTimeout as pause } from "node:timers/promises";
import type { ContainerStopOptions } from "dockerode";
import type { Daemon } from "../../../containers/daemon.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { inspect } from "./inspect.ts";

/** Docker's own patience after SIGKILL is 10 s. */
const patienceSeconds = 30;
const afterKillMilliseconds = 10_000;
const pollMilliseconds = 100;

/**
 * The image's stop signal, after the grace SIGKILL. Resolves when nothing of it runs any more, rejects when that
 * cannot be said: its memory may still be taken.
 */
export async function stopContainer(daemon: Daemon, id: string, graceSeconds: number): Promise<void> {
  const container = daemon.client.getContainer(id);
  const seconds = Math.ceil(graceSeconds);
  const name = id.slice(0, 12);
  try {
    await daemon.ask(`stop container ${name}`, seconds + patienceSeconds, (abortSignal) =>
      container.stop(queryOnly({ t: seconds }, abortSignal)),
    );
  } catch (error) {
    if (error instanceof DaemonFailure && isUnreachable(error)) throw error;
    // Stopped or gone already, or Docker has lost patience: what is true is looked up next.
  }
  if (await isDown(daemon, id)) return;
  await daemon
    .ask(`kill container ${name}`, patienceSeconds, (abortSignal) =>
      container.kill(queryOnly({ signal: "SIGKILL" }, abortSignal)),
    )
    .catch(() => {});
  const deadline = performance.now() + afterKillMilliseconds;
  while (performance.now() < deadline) {
    if (await isDown(daemon, id)) return;
    await pause(pollMilliseconds);
  }
  const info = await inspect(daemon, id);
  if (info === null) return;
  throw new Error(
    `Container ${name} (process ${info.State.Pid}) still runs after SIGKILL: a GPU driver may hold it. See \`dmesg\`; ` +
      "the machine may need a restart.",
  );
}

/** Removes a container that does not run, and the volumes that only it knows. One that is gone already is fine. */
export async function removeContainer(daemon: Daemon, id: string): Promise<void> {
  try {
    await daemon.ask(`remove container ${id.slice(0, 12)}`, patienceSeconds, (abortSignal) =>
      daemon.client.getContainer(id).remove({ v: true, abortSignal }),
    );
  } catch (error) {
    if (error instanceof DaemonFailure && error.kind === "not-found") return;
    const removing = error instanceof DaemonFailure && error.kind === "conflict" && /in progress/.test(error.said);
    if (!removing || !(await isGone(daemon, id))) throw error;
  }
}

async function isDown(daemon: Daemon, id: string): Promise<boolean> {
  const info = await inspect(daemon, id);
  return info === null || !info.State.Running;
}

async function isGone(daemon: Daemon, id: string): Promise<boolean> {
  const deadline = performance.now() + afterKillMilliseconds;
  while (performance.now() < deadline) {
    if ((await inspect(daemon, id)) === null) return true;
    await pause(pollMilliseconds);
  }
  return false;
}

function isUnreachable({ kind }: DaemonFailure): boolean {
  return kind === "unreachable" || kind === "forbidden";
}

/** dockerode would send plain options in the body as well, which Docker does not know there. */
function queryOnly(query: Record<string, unknown>, abortSignal: AbortSignal): ContainerStopOptions {
  return { _query: query, _body: {}, abortSignal } as ContainerStopOptions;
}
