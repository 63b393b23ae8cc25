/** What an earlier run of Hearth has left. */
import type { ContainerInspectInfo } from "dockerode";
import type { Logger } from "pino";
import type { Daemon } from "../../../containers/daemon.ts";
import { containerLabels } from "../../../domain/container-labels.ts";
import { exitReason } from "./exit-reason.ts";
import { findContainers, isOurs, nameOf } from "./inspect.ts";
import { nowhere, originOf, type Reach } from "./reach.ts";
import { removeContainer } from "./stop.ts";

export interface LeftOver {
  info: ContainerInspectInfo;
  port: number;
  origin: string;
  /** Empty, so that it matches nothing, where it cannot be reached from here. */
  specHash: string;
  generation: number;
}

/**
 * Running containers that say what they were made from. One without a spec hash, made by hand, is compared and used
 * when its model is asked for. Ours that have ended in the meantime are told of and removed.
 */
export async function findLeftOver(
  daemon: Daemon,
  instance: string,
  reach: Reach,
  log: Pick<Logger, "warn">,
): Promise<LeftOver[]> {
  const found: LeftOver[] = [];
  for (const info of await findContainers(daemon, instance)) {
    const labels = info.Config.Labels;
    const specHash = labels[containerLabels.specHash];
    if (info.State.Running && specHash !== undefined) {
      const port = portOf(info);
      const origin = originOf(info, port, reach);
      const generation = Number(labels[containerLabels.generation] ?? 0);
      found.push({ info, port, origin: origin ?? nowhere, specHash: origin === null ? "" : specHash, generation });
    } else if (!info.State.Running && isOurs(info)) {
      const { text } = exitReason(info.State, { stopped: false, foreignSignal: null, kernelKills: null });
      log.warn({ model: labels[containerLabels.model], container: nameOf(info) }, `while Hearth was away, it ${text}`);
      await removeContainer(daemon, info.Id);
    }
  }
  return found;
}

function portOf(info: ContainerInspectInfo): number {
  const named = info.Config.Labels[containerLabels.port];
  if (named !== undefined) return Number(named);
  const published = Object.entries(info.NetworkSettings.Ports ?? {}).find(([, hosts]) => hosts);
  return Number.parseInt(published?.[0] ?? "0", 10);
}
