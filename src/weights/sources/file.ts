/** A file that the user has already. It is used where it is: no copy, no move. */
import { stat } from "node:fs/promises";
import type { WeightsSource } from "../../domain/model.ts";
import { type Offer, type SourceContext, SourceFailure } from "../source.ts";

export async function openFile(
  source: Extract<WeightsSource, { kind: "file" }>,
  { bytes }: SourceContext,
): Promise<Offer> {
  try {
    const found = await stat(source.path);
    if (!found.isFile()) throw new SourceFailure("that is no file");
    if (found.size !== bytes) throw new SourceFailure(`it has ${found.size} bytes, ${bytes} are expected`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new SourceFailure("there is no such file");
    throw error;
  }
  return { kind: "local", path: source.path };
}
