import type { Readable } from "node:stream";
import { type Daemon, recordSeconds } from "./daemon.ts";
import { DaemonFailure } from "./failure.ts";
import { type ImageProgress, type ProgressMessage, readProgress } from "./progress-stream.ts";
import { pullAdvice } from "./pull-advice.ts";
import { registryAuth, registryOf } from "./registry-auth.ts";

/** Pulls an image with the login that `docker login` has left, if any. */
export async function pullImage(
  daemon: Daemon,
  image: string,
  signal: AbortSignal,
  onProgress: ImageProgress,
): Promise<void> {
  const layers = new Layers();
  try {
    const auth = registryAuth(registryOf(image));
    const query = { _query: { fromImage: withTag(image) }, _body: {} };
    const stream = await daemon.ask(
      `pull ${image}`,
      recordSeconds,
      (abortSignal) =>
        daemon.client.createImage({ ...query, abortSignal, ...(auth === null ? {} : { authconfig: auth }) }),
      signal,
    );
    await readProgress(stream as Readable, signal, (message) => {
      layers.heard(message);
      onProgress("pulling image", layers.percent());
    });
  } catch (error) {
    signal.throwIfAborted();
    throw pullFailure(image, error as Error);
  }
}

/** Docker's API pulls every tag where none is named. */
function withTag(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  return last.includes(":") || last.includes("@") ? image : `${image}:latest`;
}

function pullFailure(image: string, error: Error): DaemonFailure {
  const said = error instanceof DaemonFailure ? error.said || error.message : error.message;
  const advice = pullAdvice(image, said);
  const kind = error instanceof DaemonFailure && error.outside ? error.kind : advice.kind;
  const next = advice.next ?? `Try \`docker pull ${image}\` by hand.`;
  return new DaemonFailure(kind, `Could not pull ${image}: ${said.replace(/\.$/, "")}. ${next}`, said, error);
}

/** Per cent over all layers that have told their size; layers that come later make it fall, so it is kept from that. */
export class Layers {
  readonly #layers = new Map<string, { current: number; total: number }>();
  #highest = 0;

  heard({ id, status, progressDetail }: ProgressMessage): void {
    if (id === undefined) return;
    const known = this.#layers.get(id);
    if (status === "Downloading" && progressDetail?.total) {
      this.#layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
    } else if (known !== undefined && (status === "Download complete" || status === "Pull complete")) {
      known.current = known.total;
    }
  }

  percent(): number | null {
    if (this.#layers.size === 0) return null;
    let current = 0;
    let total = 0;
    for (const layer of this.#layers.values()) {
      current += layer.current;
      total += layer.total;
    }
    this.#highest = Math.max(this.#highest, Math.floor((100 * current) / total));
    return this.#highest;
  }
}
