import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** A file whose bytes are read by range, wherever it is. */
export interface RemoteFile {
  size: number;
  /** ETag or the like: another one means other content. Null where nobody says. */
  version: string | null;
  /** Exactly the bytes [from, to). Throws where the connection is cut (see network-failure.ts). */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** One that lies on this machine (a wheel of pip's find-links), read like a remote one. */
export async function openDiskFile(path: string): Promise<RemoteFile> {
  const { size, mtimeMs } = await stat(path);
  return {
    size,
    version: String(mtimeMs),
    read: (from, to, signal) => createReadStream(path, { start: from, end: to - 1, signal }),
  };
}

/** The source has to be asked anew: its content changed, or what was kept of it does not fit. */
export class BeginAnew extends Error {
  override name = "BeginAnew";
}

/** A short piece, whole. */
export async function readWhole(
  remote: RemoteFile,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of remote.read(from, to, signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
