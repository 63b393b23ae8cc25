import type { ImageInspectInfo } from "dockerode";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { digestOf, isMovable, nothingResolved, pinnedImage, type Resolutions } from "../domain/resolved.ts";
import { awaitDaemon } from "./await-daemon.ts";
import { buildImage } from "./build.ts";
import { connectTo, type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import type { ImageProgress } from "./progress-stream.ts";
import { pullImage } from "./pull.ts";

/** The id of an image that this machine has, null where it has none. */
export async function imageId(daemon: Daemon, image: string): Promise<string | null> {
  return (await imageInfo(daemon, image))?.Id ?? null;
}

/** What the daemon says of it; null where it has none. */
export async function imageInfo(daemon: Daemon, image: string): Promise<ImageInspectInfo | null> {
  try {
    return await daemon.ask(`look for image ${image}`, recordSeconds, () => daemon.client.getImage(image).inspect());
  } catch (error) {
    if (error instanceof DaemonFailure && error.kind === "not-found") return null;
    throw error;
  }
}

/** What is to be got, and from where. */
export type WantedImage = Pick<ContainerRuntime, "image" | "imageSource">;

/**
 * Pulls or builds the image unless it is here. What a tag stands for when it is first pulled is kept in `resolutions`, and
 * pulled by its digest ever after. Rejects with the signal's reason, or with what to do.
 */
export async function ensureImage(
  daemon: Daemon,
  wanted: WantedImage,
  resolutions: Resolutions | null,
  signal: AbortSignal,
  onProgress: ImageProgress,
): Promise<void> {
  const source = wanted.imageSource ?? { kind: "pull" };
  const kept = source.kind === "pull" ? ((await resolutions?.read()) ?? nothingResolved) : nothingResolved;
  const image = pinnedImage(wanted.image, kept);
  const before = await imageInfo(daemon, image);
  if (before === null && source.kind === "pull") {
    await pullImage(daemon, image, signal, onProgress).catch((error: unknown) => {
      throw image === wanted.image ? error : orUpgrade(error);
    });
  }
  if (before === null && source.kind === "build") await buildImage(daemon, image, source, signal, onProgress);
  const present = before ?? (await imageInfo(daemon, image));
  if (present === null) throw new DaemonFailure("no-image", missingImage({ ...wanted, image }), "");
  // Whoever names a tag of his own and has built it here may build it anew.
  const fromRegistry = source.kind === "pull" && (before === null || wanted.imageSource !== undefined);
  const digest = fromRegistry && isMovable(image) ? digestOf(image, present.RepoDigests ?? []) : null;
  if (digest !== null) await resolutions?.keep("digests", image, digest);
}

/** Registries throw away what no tag names any more: nightly builds above all. */
function orUpgrade(error: unknown): unknown {
  if (!(error instanceof DaemonFailure) || error.kind !== "no-image") return error;
  const next = "This machine keeps to the digest that it has run; `hearth upgrade` takes what the tag stands for now.";
  return new DaemonFailure(error.kind, `${error.message} ${next}`, error.said, error);
}

/** The same on its own, and waits for a daemon that is being restarted. `host` as DOCKER_HOST; absent: DOCKER_HOST, then Docker's usual socket. */
export async function getImage(
  wanted: WantedImage,
  resolutions: Resolutions | null,
  signal: AbortSignal,
  onProgress: ImageProgress,
  host?: string,
): Promise<void> {
  const daemon = connectTo(host);
  await awaitDaemon(daemon, signal, onProgress);
  await ensureImage(daemon, wanted, resolutions, signal, onProgress);
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
