import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** SHA-256 of a whole file in lower-case hexadecimal. `onBytes` hears how many bytes are read so far. */
export async function sha256Of(path: string, signal: AbortSignal, onBytes?: (done: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    hash.update(chunk);
    done += chunk.length;
    onBytes?.(done);
  }
  return hash.digest("hex");
}
