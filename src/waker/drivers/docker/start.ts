/** From an order to a running container. */
import type { ContainerInspectInfo } from "dockerode";
import type { Logger } from "pino";
import { createContainer } from "../../../containers/create-container.ts";
import type { Daemon } from "../../../containers/daemon.ts";
import { DaemonFailure } from "../../../containers/failure.ts";
import { imageId } from "../../../containers/image.ts";
import type { ContainerRuntime } from "../../../domain/container-runtime.ts";
import type { StartOrder } from "../../driver.ts";
import { freePort } from "../free-port.ts";
import { containerName } from "./container-name.ts";
import { type BodyParts, createBody } from "./create-body.ts";
import { findContainers, inspect, isOurs, nameOf } from "./inspect.ts";
import { mismatch } from "./match.ts";
import { nowhere, originOf, type Reach } from "./reach.ts";
import { removeContainer, stopContainer } from "./stop.ts";

export interface StartParts {
  daemon: Daemon;
  instance: string;
  reach: Reach;
  hostPath: (path: string) => string;
  log: Pick<Logger, "info" | "warn">;
}

export interface Started {
  info: ContainerInspectInfo;
  port: number;
  origin: string;
}

/** A start includes setting up GPUs and mounts. */
const startSeconds = 120;
/** Somebody may take the port between its choice and its use. */
const portTries = 3;

export async function startContainer(
  order: StartOrder,
  runtime: ContainerRuntime,
  parts: StartParts,
): Promise<Started> {
  const given = await usableContainer(order, runtime, parts);
  if (given !== null) return given;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startFresh(order, runtime, parts);
    } catch (error) {
      const taken = error instanceof DaemonFailure && error.kind === "port-taken";
      if (!taken || attempt === portTries) throw error;
    }
  }
}

/**
 * A container of this model that compose or a person has made, started if need be. What does not fit, and what
 * earlier starts have left, is cleared away.
 */
async function usableContainer(
  order: StartOrder,
  runtime: ContainerRuntime,
  parts: StartParts,
): Promise<Started | null> {
  const { daemon, log } = parts;
  const existing = await findContainers(daemon, parts.instance, order.spec.id);
  let usable: Started | null = null;
  for (const info of existing) {
    const reason = usable !== null ? "there are two" : await unfit(info, order, runtime, parts);
    if (reason === null) {
      usable = await startExisting(info, runtime, parts);
      if (usable !== null) continue;
    }
    if (!isOurs(info)) {
      const why = reason ?? "it cannot be reached from here";
      log.warn({ model: order.spec.id, container: nameOf(info), why }, "container replaced");
    }
    await stopContainer(daemon, info.Id, runtime.stopGraceSeconds);
    await removeContainer(daemon, info.Id);
  }
  return usable;
}

/** Ours are made afresh at every start. */
async function unfit(
  info: ContainerInspectInfo,
  order: StartOrder,
  runtime: ContainerRuntime,
  parts: StartParts,
): Promise<string | null> {
  if (isOurs(info)) return "left over";
  const wanted = createBody(order, runtime, bodyParts(parts, runtime.port));
  return mismatch(info, wanted, order.specHash, await imageId(parts.daemon, runtime.image));
}

async function startExisting(
  info: ContainerInspectInfo,
  runtime: ContainerRuntime,
  { daemon, reach, log }: StartParts,
): Promise<Started | null> {
  if (!info.State.Running) await runContainer(daemon, info.Id, nameOf(info));
  const running = await inspect(daemon, info.Id);
  const origin = running === null ? null : originOf(running, runtime.port, reach);
  if (running === null || origin === null) return null;
  log.info({ container: nameOf(info) }, "container made by somebody else is used");
  return { info: running, port: runtime.port, origin };
}

async function startFresh(order: StartOrder, runtime: ContainerRuntime, parts: StartParts): Promise<Started> {
  const { daemon, reach, instance } = parts;
  const port = reach.kind === "host" ? await freePort() : runtime.port;
  const name = containerName(order.spec.id, instance);
  const { id } = await createContainer(daemon, name, createBody(order, runtime, bodyParts(parts, port)), runtime);
  try {
    await runContainer(daemon, id, name);
    const info = await inspect(daemon, id);
    // An engine that died within the blink has lost its addresses, but its end and its log are still to be told.
    const origin = info === null ? null : (originOf(info, port, reach) ?? (info.State.Running ? null : nowhere));
    if (info === null || origin === null) throw new Error(unreachable(name, port, reach));
    return { info, port, origin };
  } catch (error) {
    await stopContainer(daemon, id, 0)
      .then(() => removeContainer(daemon, id))
      .catch((failure: Error) => parts.log.warn({ container: name }, failure.message));
    throw error;
  }
}

async function runContainer(daemon: Daemon, id: string, name: string): Promise<void> {
  try {
    await daemon.ask(`start container ${name}`, startSeconds, (abortSignal) =>
      daemon.client.getContainer(id).start({ abortSignal }),
    );
  } catch (error) {
    if (!(error instanceof DaemonFailure) || error.kind !== "not-modified") throw error;
  }
}

function unreachable(name: string, port: number, reach: Reach): string {
  const how = reach.kind === "network" ? `no address on the network ${reach.name}` : `no published port for ${port}`;
  return `Container ${name} runs, but has ${how}. Check the runtime's port and HEARTH_ENGINE_NETWORK.`;
}

function bodyParts({ instance, reach, hostPath }: StartParts, port: number): BodyParts {
  return { instance, reach, hostPath, port };
}
