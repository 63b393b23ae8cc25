import { stat } from "node:fs/promises";
import type { WeightsSpec } from "../domain/model.ts";
import { sha256Of } from "./checksum.ts";
import { WrongBytes } from "./source.ts";

/** Throws WrongBytes where a file is not the one that the specification means. Reads all of it. */
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
