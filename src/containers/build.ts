import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ImageSource } from "../domain/container-runtime.ts";
import { baseImages, parseDockerfile } from "../domain/dockerfile.ts";
import type { Daemon } from "./daemon.ts";
import { DaemonFailure, diskFull } from "./failure.ts";
import { type ImageProgress, readProgress } from "./progress-stream.ts";
import { Layers } from "./pull.ts";
import { pullAdvice } from "./pull-advice.ts";
import { registryAuths } from "./registry-auth.ts";

type BuildSource = Extract<ImageSource, { kind: "build" }>;

/** The context is sent before the daemon answers. */
const uploadSeconds = 600;
const keptLines = 10;

/**
 * Builds an image from its Dockerfile and names it. The daemon's own builder does it, since BuildKit would want a
 * second connection into its socket: a Dockerfile must do without BuildKit's own instructions.
 */
export async function buildImage(
  daemon: Daemon,
  image: string,
  source: BuildSource,
  signal: AbortSignal,
  onProgress: ImageProgress,
): Promise<void> {
  const { context, dockerfile, args } = source;
  const tail: string[] = [];
  try {
    const instructions = parseDockerfile(await readFile(join(context, dockerfile), "utf8"));
    const registryconfig = registryAuths(baseImages(instructions, args));
    const options = { t: image, dockerfile, buildargs: args, rm: true, forcerm: true, registryconfig };
    const stream = await daemon.ask(
      `build ${image}`,
      uploadSeconds,
      (abortSignal) => daemon.client.buildImage({ context, src: ["."] }, { ...options, abortSignal }),
      signal,
    );
    const layers = new Layers();
    let phase = "building image";
    await readProgress(stream as Readable, signal, (message) => {
      // The base image, on its way.
      if (message.id !== undefined) {
        layers.heard(message);
        onProgress(`${phase}, pulling its base`, layers.percent());
      }
      const output = (message.stream ?? "").trim();
      if (output === "") return;
      tail.push(output);
      if (tail.length > keptLines) tail.shift();
      const step = /^Step (\d+)\/(\d+) /.exec(output);
      if (step === null) return;
      const [, done, all] = step.map(Number);
      phase = `building image, step ${done} of ${all}`;
      onProgress(phase, Math.floor((100 * (done! - 1)) / all!));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw buildFailure(image, source, tail, error as Error);
  }
}

function buildFailure(
  image: string,
  { context, dockerfile }: BuildSource,
  tail: string[],
  error: Error,
): DaemonFailure {
  const said = error instanceof DaemonFailure ? error.said || error.message : error.message;
  const at = tail.findLast((line) => /^Step \d+\/\d+ /.test(line)) ?? "";
  const base = /: FROM (\S+)/.exec(at)?.[1];
  // Past the base, "not found" and the like are of the build's own commands.
  const helps = base !== undefined || diskFull.test(said);
  const { kind, next } = helps ? pullAdvice(base ?? image, said) : { kind: "other" as const, next: null };
  const lines = tail.length === 0 ? "" : `\nIts last lines:\n${tail.join("\n")}`;
  const advice = next === null ? "" : ` ${next}`;
  const message = `Could not build ${image} from ${context}/${dockerfile}: ${said.replace(/\.$/, "")}.${advice}${lines}`;
  const outside = error instanceof DaemonFailure && error.outside;
  return new DaemonFailure(outside ? error.kind : kind, message, said, error);
}
