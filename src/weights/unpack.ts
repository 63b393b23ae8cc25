import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { WrongBytes } from "./source.ts";

/** Inflates a zip member's bytes. Throws WrongBytes where they are no deflate stream or give more than `bytes`. */
export async function inflate(packed: string, target: string, bytes: number, signal: AbortSignal): Promise<void> {
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > bytes) done(new WrongBytes(`they unpack to more than the expected ${bytes}`));
      else done(null, chunk);
    },
  });
  const read = createReadStream(packed, { highWaterMark: 1024 * 1024 });
  const unpack = createInflateRaw({ chunkSize: 1024 * 1024 });
  try {
    await pipeline(read, unpack, limit, createWriteStream(target), { signal });
  } catch (error) {
    const damaged = String((error as NodeJS.ErrnoException).code).startsWith("Z_");
    throw damaged ? new WrongBytes("they cannot be unpacked", error) : error;
  }
}
