/** From an offer to the checked file under its name. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { WeightsSpec } from "../domain/model.ts";
import { requireRightBytes } from "./check.ts";
import { fetchRest } from "./fetch-rest.ts";
import { Partial } from "./partial.ts";
import type { Patience } from "./patience.ts";
import { type Places, requireSpace, settle } from "./places.ts";
import type { Meter } from "./progress.ts";
import { BeginAnew } from "./remote-file.ts";
import { type RemoteOffer, WrongBytes } from "./source.ts";
import type { Throttle } from "./throttle.ts";
import { inflate } from "./unpack.ts";

export interface DownloadOptions {
  spec: WeightsSpec;
  places: Places;
  /** Names this source's partial among those of the others. */
  key: string;
  patience: Patience;
  meter: Meter;
  throttle: Throttle;
  signal: AbortSignal;
}

/** Throws a SourceFailure, BeginAnew or a network error. The partial is kept unless its bytes are wrong. */
export async function download(offer: RemoteOffer, options: DownloadOptions): Promise<void> {
  const { spec, places, key, patience, meter, throttle, signal } = options;
  const total = offer.to - offer.from;
  const partial = await Partial.open(places.state, key, { identity: offer.identity, total });
  try {
    const unpacked = offer.packing === "stored" ? 0 : spec.bytes;
    await requireSpace(places.folder, total - partial.length + unpacked);
    await fetchRest(partial, offer, { patience, throttle, signal, onBytes: (done) => meter.update(done, total) });
    const file = await plain(partial, offer, options);
    await requireRightBytes(file, spec, signal);
    await settle(file, places.target);
  } catch (error) {
    if (!(error instanceof WrongBytes)) throw error;
    await partial.discard();
    // What an earlier run left may be to blame, not the source: a power cut, a remote that changed unnoticed.
    throw partial.resumedAt > 0 ? new BeginAnew(error.message) : error;
  } finally {
    await partial.close();
    await rm(unpackedFile(places), { force: true });
  }
}

const unpackedFile = ({ state }: Places) => join(state, "unpacked");

async function plain(partial: Partial, offer: RemoteOffer, { spec, places, signal }: DownloadOptions): Promise<string> {
  if (offer.packing === "stored") return partial.path;
  const file = unpackedFile(places);
  await inflate(partial.path, file, spec.bytes, signal);
  return file;
}
