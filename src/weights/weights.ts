/**
 * Brings model weights to this machine: checked by SHA-256, resumed where a download ended, one download for all
 * processes. What lies under `HEARTH_HOME/weights` by its own name is whole; everything else about it is in `.state`.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { WeightsSource, WeightsSpec } from "../domain/model.ts";
import type { Resolutions } from "../domain/resolved.ts";
import { type HeldLock, holdLock } from "../file-lock/hold-lock.ts";
import { requireRightBytes } from "./check.ts";
import { type DownloadOptions, download } from "./download.ts";
import { type HttpClient, httpClient } from "./http-client.ts";
import { explain, isOutOfReach } from "./network-failure.ts";
import { removePartials } from "./partial.ts";
import { type Patience, usualPatience } from "./patience.ts";
import { placesOf } from "./places.ts";
import { Meter, type WeightsProgress } from "./progress.ts";
import { BeginAnew } from "./remote-file.ts";
import { nameOf, openSource } from "./sources/sources.ts";
import { isStamped, stampFile } from "./stamps.ts";
import { throttle } from "./throttle.ts";
import { type FailedSource, weightsUnavailable } from "./unavailable.ts";
import { downloadSeen } from "./watch.ts";

export interface WeightsOptions {
  /** HEARTH_HOME. */
  home: string;
  /** Ends the download at once; what came is kept for the next time. */
  signal: AbortSignal;
  /** A few times a second while bytes come, here or in another process; also while a large file is checked. */
  onProgress: (progress: WeightsProgress) => void;
  /** A source was skipped: for the log. When all are, the problem says so anyway. */
  onSkipped?: (failed: FailedSource) => void;
  /** Bytes per second at most. Absent or null = as fast as it goes. */
  limit?: number | null;
  env?: NodeJS.ProcessEnv;
  patience?: Patience;
  /** Where the commits of branches are kept. */
  resolutions?: Resolutions | undefined;
}

/**
 * The absolute path of the weights: under `home/weights`, or where a source has them on this machine already. Throws a
 * Problem `model_unavailable` that names every source tried, or the signal's reason.
 */
export async function ensureWeights(spec: WeightsSpec, options: WeightsOptions): Promise<string> {
  const { home, signal } = options;
  signal.throwIfAborted();
  const places = placesOf(home, spec.file);
  if (await isStamped(places.state, places.target, spec.sha256)) return places.target;

  const { env = process.env, patience = usualPatience, onSkipped, resolutions } = options;
  const client = httpClient(patience, env, signal);
  const meter = new Meter(spec.bytes, options.onProgress);
  let lock: HeldLock | undefined;
  try {
    lock = await holdLock(join(places.state, "lock"), signal, () => {
      const seen = downloadSeen(places.state);
      if (seen !== null) meter.update(seen.done, seen.total);
    });
    const slow = throttle(options.limit ?? null);
    return await bring({ spec, places, env, patience, client, meter, throttle: slow, signal, onSkipped, resolutions });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    meter.close();
    await lock?.release();
    await client.close();
  }
}

interface Errand extends Omit<DownloadOptions, "key"> {
  env: NodeJS.ProcessEnv;
  client: HttpClient;
  onSkipped: WeightsOptions["onSkipped"];
  resolutions: WeightsOptions["resolutions"];
}

async function bring(errand: Errand): Promise<string> {
  const { spec, places, signal, onSkipped } = errand;
  const failed: FailedSource[] = [];
  let outside = false;
  const attempts: [string, () => Promise<string | null>][] = [
    [`file ${places.target}`, () => alreadyThere(errand)],
    ...spec.sources.map((source, index): [string, () => Promise<string>] => [
      nameOf(source),
      () => fromSource(source, index, errand),
    ]),
  ];
  for (const [source, attempt] of attempts) {
    try {
      const path = await attempt();
      if (path === null) continue;
      // Those of other sources, too, and what a kill after the last step may have left.
      await removePartials(places.state);
      return path;
    } catch (error) {
      signal.throwIfAborted();
      const failure = { source, reason: explain(error) };
      failed.push(failure);
      outside ||= isOutOfReach(error);
      onSkipped?.(failure);
    }
  }
  throw weightsUnavailable(spec, places.target, failed, outside);
}

/** What another process has brought meanwhile, or the user by hand. Null where nothing is there. */
async function alreadyThere(errand: Errand): Promise<string | null> {
  const { target } = errand.places;
  const found = await stat(target).catch(() => null);
  return found === null ? null : checked(target, errand);
}

async function fromSource(source: WeightsSource, index: number, errand: Errand): Promise<string> {
  const { spec, places, client, env, patience, signal, resolutions } = errand;
  const isRight = (path: string) =>
    checked(path, errand).then(
      () => true,
      () => false,
    );
  const context = { env, client, patience, directory: places.state, bytes: spec.bytes, resolutions, isRight, signal };
  for (let attempt = 1; ; attempt += 1) {
    const offer = await openSource(source, context);
    if (offer.kind === "local") return checked(offer.path, errand);
    try {
      await download(offer, { ...errand, key: `${source.kind}-${index}` });
    } catch (error) {
      if (error instanceof BeginAnew && attempt === 1) continue;
      throw error;
    }
    await stampFile(places.state, places.target, spec.sha256);
    await offer.whenRight?.();
    return places.target;
  }
}

async function checked(path: string, { spec, places, meter, signal }: Errand): Promise<string> {
  if (await isStamped(places.state, path, spec.sha256)) return path;
  await requireRightBytes(path, spec, signal, (done) => meter.update(done, spec.bytes));
  await stampFile(places.state, path, spec.sha256);
  return path;
}
