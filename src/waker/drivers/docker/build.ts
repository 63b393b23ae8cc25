import type { Readable } from "node:stream";
import type { ImageSource } from "../../../domain/docker-runtime.ts";
import type { Daemon } from "./daemon.ts";
import { DockerFailure } from "./failure.ts";
import { type ImageProgress, readProgress } from "./progress-stream.ts";

type BuildSource = Extract<ImageSource, { kind: "build" }>;

/** The context is sent before the daemon answers. */
const uploadSeconds = 600;
const keptLines = 10;

/** Builds an image from its Dockerfile and names it. */
export async function buildImage(
  daemon: Daemon,
  image: string,
  source: BuildSource,
  signal: AbortSignal,
  onProgress: ImageProgress,
): Promise<void> {
  const tail: string[] = [];
  try {
    const options = { t: image, dockerfile: source.dockerfile, buildargs: source.args, rm: true, forcerm: true };
    const stream = await daemon.ask(
      `build ${image}`,
      uploadSeconds,
      (abortSignal) => daemon.client.buildImage({ context: source.context, src: ["."] }, { ...options, abortSignal }),
      signal,
    );
    await readProgress(stream as Readable, signal, ({ stream: output = "" }) => {
      if (output.trim() === "") return;
      tail.push(output.trim());
      if (tail.length > keptLines) tail.shift();
      const step = /^Step (\d+)\/(\d+) /.exec(output);
      if (step === null) return;
      const [, done, all] = step.map(Number);
      onProgress(`building image, step ${done} of ${all}`, Math.floor((100 * (done! - 1)) / all!));
    });
  } catch (error) {
    signal.throwIfAborted();
    const said = (error as Error).message;
    const message = `Could not build ${image} from ${source.context}/${source.dockerfile}: ${said}. Its last lines:\n${tail.join("\n")}`;
    throw new DockerFailure("other", message, said, error);
  }
}
