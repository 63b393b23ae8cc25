import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { awaitDaemon } from "./await-daemon.ts";
import { buildImage } from "./build.ts";
import { connectTo, type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import type { ImageProgress } from "./progress-stream.ts";
import { pullImage } from "./pull.ts";

/** The id of an image that this machine has, null where it has none. */
export async function imageId(daemon: Daemon, image: string): Promise<string | null> {
  try {
    const info = await daemon.ask(`look for image ${image}`, recordSeconds, () =>
      daemon.client.getImage(image).inspect(),
    );
    return info.Id;
  } catch (error) {
    if (error instanceof DaemonFailure && error.kind === "not-found") return null;
    throw error;
  }
}

/** What is to be got, and from where. */
export type WantedImage = Pick<ContainerRuntime, "image" | "imageSource">;

/** Pulls or builds the image unless it is here. Rejects with the signal's reason, or with what to do. */
export async function ensureImage(
  daemon: Daemon,
  runtime: WantedImage,
  signal: AbortSignal,
  onProgress: ImageProgress,
): Promise<void> {
  if ((await imageId(daemon, runtime.image)) !== null) return;
  const source = runtime.imageSource ?? { kind: "pull" };
  if (source.kind === "pull") await pullImage(daemon, runtime.image, signal, onProgress);
  if (source.kind === "build") await buildImage(daemon, runtime.image, source, signal, onProgress);
  if ((await imageId(daemon, runtime.image)) === null) {
    throw new DaemonFailure("not-found", missingImage(runtime), "");
  }
}

/** The same on its own, and waits for a daemon that is being restarted. `host` as DOCKER_HOST; absent: DOCKER_HOST, then Docker's usual socket. */
export async function getImage(
  wanted: WantedImage,
  signal: AbortSignal,
  onProgress: ImageProgress,
  host?: string,
): Promise<void> {
  const daemon = connectTo(host);
  await awaitDaemon(daemon, signal, onProgress);
  await ensureImage(daemon, wanted, signal, onProgress);
}

export function missingImage(runtime: WantedImage): string {
  const missing = `The image ${runtime.image} is not on this machine`;
  if (runtime.imageSource?.kind === "local")
    return `${missing}, and its \`imageSource\` says that Hearth cannot get it.`;
  return `${missing}. Get it with \`${commandToGet(runtime)}\`.`;
}

/** The command that a person would give. */
export function commandToGet({ image, imageSource }: WantedImage): string {
  if (imageSource?.kind !== "build") return `docker pull ${image}`;
  const { context, dockerfile, args } = imageSource;
  const flags = Object.entries(args).map(([name, value]) => ` --build-arg ${name}=${value}`);
  return `docker build -t ${image} -f ${context}/${dockerfile}${flags.join("")} ${context}`;
}
