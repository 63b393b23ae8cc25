import type { ContainerRuntime } from "../domain/container-runtime.ts";
import type { Daemon } from "./daemon.ts";
import { architectureOf } from "./facts.ts";
import { DaemonFailure } from "./failure.ts";
import { imageInfo } from "./image.ts";
import { foreignAdvice } from "./pull-advice.ts";

/**
 * Rejects where the image is here and for processors of another kind: its programs would end at once with a word that
 * nobody understands. What needs no GPU may be emulated, and is left to try.
 */
export async function refuseForeignImage(daemon: Daemon, { image, gpu }: ContainerRuntime): Promise<void> {
  if (gpu === "none") return;
  const [info, ours] = await Promise.all([imageInfo(daemon, image), architectureOf(daemon)]);
  if (info === null || !info.Architecture || info.Architecture === ours) return;
  const message = `The image ${image} is for ${info.Architecture}, and this machine is ${ours}. ${foreignAdvice}`;
  throw new DaemonFailure("foreign-image", message, "");
}
