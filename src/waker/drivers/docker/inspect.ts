import type { ContainerInspectInfo } from "dockerode";
import { type Daemon, recordSeconds } from "../../../containers/daemon.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { containerLabels } from "../../../domain/container-labels.ts";

/** Containers of this instance, of one model or of all, whatever made them and whatever state they are in. */
export async function findContainers(
  daemon: Daemon,
  instance: string,
  model?: string,
): Promise<ContainerInspectInfo[]> {
  const label = [`${containerLabels.instance}=${instance}`];
  if (model !== undefined) label.push(`${containerLabels.model}=${model}`);
  const list = await daemon.ask("list the containers", recordSeconds, (abortSignal) =>
    daemon.client.listContainers({ all: true, filters: { label }, abortSignal }),
  );
  const found = await Promise.all(list.map(({ Id }) => inspect(daemon, Id)));
  // Removed in between: gone.
  return found.filter((info) => info !== null);
}

/** What Docker knows of a container; null where there is none. */
export async function inspect(daemon: Daemon, id: string): Promise<ContainerInspectInfo | null> {
  try {
    return await daemon.ask(`inspect container ${id.slice(0, 12)}`, recordSeconds, (abortSignal) =>
      daemon.client.getContainer(id).inspect({ abortSignal }),
    );
  } catch (error) {
    if (error instanceof DaemonFailure && error.kind === "not-found") return null;
    throw error;
  }
}

/** Made by the waker, and so its to remove. Others are only stopped. */
export function isOurs(info: ContainerInspectInfo): boolean {
  return info.Config.Labels[containerLabels.generation] !== undefined;
}

/** Without Docker's leading slash. */
export function nameOf(info: ContainerInspectInfo): string {
  return info.Name.replace(/^\//, "");
}
