/** A wheel that lies on this machine (pip's find-links), read like a remote one. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { RemoteFile } from "./remote-file.ts";

export async function openDiskFile(path: string): Promise<RemoteFile> {
  const { size, mtimeMs } = await stat(path);
  return {
    size,
    version: String(mtimeMs),
    read: (from, to, signal) => createReadStream(path, { start: from, end: to - 1, signal }),
  };
}
