import type { Container, ContainerCreateOptions } from "dockerode";
import type { ContainerRuntime } from "../domain/container-runtime.ts";
import { type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import { missingImage } from "./image.ts";

/** Creates a container. Rejects with what to do when the image is missing or somebody else has the name. */
export async function createContainer(
  daemon: Daemon,
  name: string,
  body: ContainerCreateOptions,
  runtime: ContainerRuntime,
): Promise<Container> {
  try {
    return await daemon.ask(`create container ${name}`, recordSeconds, (abortSignal) =>
      daemon.client.createContainer(separated(name, body, abortSignal)),
    );
  } catch (error) {
    if (!(error instanceof DaemonFailure)) throw error;
    if (error.kind === "not-found" && /no such image/i.test(error.said)) {
      throw new DaemonFailure("no-image", missingImage(runtime), error.said, error);
    }
    if (error.kind === "conflict") {
      const message =
        `The container name ${name} is taken by a container that Hearth did not make. Remove it with ` +
        `\`docker rm -f ${name}\`, or rename it with \`docker rename ${name} ${name}-old\`.`;
      throw new DaemonFailure(error.kind, message, error.said, error);
    }
    throw error;
  }
}

/** dockerode would send the whole description in the query as well. */
function separated(name: string, body: ContainerCreateOptions, abortSignal: AbortSignal): ContainerCreateOptions {
  return { _query: { name }, _body: body, abortSignal } as ContainerCreateOptions;
}
