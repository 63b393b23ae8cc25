import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { WeightsSpec } from "../domain/model.ts";
import { WrongBytes } from "./source.ts";

/**
 * Throws WrongBytes where a file is not the one that the specification means. Reads all of it; `onBytes` hears how many
 * bytes are read so far.
 */
export async function requireRightBytes(
  path: string,
  spec: WeightsSpec,
  signal: AbortSignal,
  onBytes?: (done: number) => void,
): Promise<void> {
  const { size } = await stat(path);
  if (size !== spec.bytes) throw new WrongBytes(`${size} of them, ${spec.bytes} are expected`);
  const sha256 = await sha256Of(path, signal, onBytes);
  if (sha256 !== spec.sha256) throw new WrongBytes(`SHA-256 ${sha256}, ${spec.sha256} is expected`);
}

/** Of a whole file, in lower-case hexadecimal. */
async function sha256Of(path: string, signal: AbortSignal, onBytes?: (done: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    hash.update(chunk);
    done += chunk.length;
    onBytes?.(done);
  }
  return hash.digest("hex");
}
